import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from './openid-provider.ts';
import makeApp from './real-servers/built-app.ts';
import { findChromium, launchChromium } from './real-servers/chromium.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { realProgram } from './real-servers/debian-package.ts';
import { freePorts, ServerProcess } from './real-servers/server-process.ts';

const nginx = realProgram(['nginx'], 'nginx');
const chromium = findChromium();
const missing = [nginx, chromium].find(({ path }) => path === undefined);

const CONFIG = (folder: string, port: number, upstream: string) => `
user root;
daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  upstream cinematch { server ${upstream}; }
  server {
    listen 127.0.0.1:${port};
    location / { return 418; }
    location /kept/films/ { proxy_pass http://cinematch; include ${folder}/headers; }
    location /films/ { proxy_pass http://cinematch/; include ${folder}/headers; }
  }
}`;
const HEADERS = 'proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;';

/** The rest of the host answers 418, so an address without the base path fails. */
describe.skipIf(missing !== undefined).each([
  { how: 'takes the path off', basePath: '/films', assetsElsewhere: false },
  // Chromium and the server take "localhost" for another origin than 127.0.0.1.
  { how: 'keeps the path, with assets from another origin', basePath: '/kept/films', assetsElsewhere: true },
])(`behind nginx that $how (${(missing ?? nginx).hint})`, ({ basePath, assetsElsewhere }) => {
  let folder: TemporaryFolder;
  let provider: OpenIdProvider;
  let server: RunningServer;
  let proxy: ServerProcess;
  let browser: Browser;
  let origin: string;
  /** Where pages load their files from. */
  let assets: string;
  /** The other origins that pages asked. */
  const others = new Set<string>();
  const complaints: string[] = [];

  beforeAll(async () => {
    makeApp();
    folder = await temporaryFolder();
    await mkdir(folder.path, { recursive: true });
    provider = await startOpenIdProvider();
    const [port] = await freePorts(1);
    origin = `http://127.0.0.1:${port}`;
    const elsewhere = `http://localhost:${port}${basePath}`;
    assets = `${assetsElsewhere ? elsewhere : basePath}/assets/`;
    const socket = join(folder.path, 'http.sock');
    server = await startServer(folder.path, {
      LISTEN: `unix:${socket}`,
      PUBLIC_URL: origin + basePath,
      TRUST_PROXY: '127.0.0.1',
      ASSETS_URL: assetsElsewhere ? elsewhere : '',
      POSTERS: 'off',
      RATE_LIMIT: 'off',
      OIDC_NAME: CLIENT.name,
      OIDC_DISCOVERY_URL: provider.discoveryUrl,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    });
    await writeFile(join(folder.path, 'headers'), HEADERS);
    await writeFile(join(folder.path, 'nginx.conf'), CONFIG(folder.path, port, `unix:${socket}`));
    proxy = await ServerProcess.start(nginx.path ?? '', ['-c', join(folder.path, 'nginx.conf')], async () =>
      fetch(`${origin}${basePath}/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    browser = await launchChromium(chromium.path ?? '');
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await proxy?.end('SIGKILL');
    await server?.end();
    await provider?.stop();
    await folder?.remove();
  });

  const open = async (path: string): Promise<Page> => {
    const page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(60_000);
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
      others.add(new URL(response.url()).origin);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(origin + basePath + path);
    return page;
  };

  it('tells programs where the API is', async () => {
    const answer = await (await fetch(`${origin}${basePath}/`, { headers: { accept: 'application/json' } })).json();
    expect(answer).toMatchObject({ graphql: `${basePath}/graphql` });
    const html = await (await fetch(`${origin}${basePath}/`, { headers: { accept: 'text/html' } })).text();
    const canonical = /<link rel="canonical" href="([^"]+)"[^>]*>/.exec(html);
    expect(canonical?.[1]).toBe(`${origin}${basePath}/`);
    const others = html.replace(canonical?.[0] ?? '', '');
    const addresses = [...others.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(3);
    // The manifest and the icon of an installed app come from the server itself.
    const outside = addresses.filter((address = '') => !address.startsWith(assets) && !address.startsWith(`${basePath}/`));
    expect(outside).toEqual([]);
    expect(addresses.filter((address) => address?.startsWith(assets)).length).toBeGreaterThan(3);
    const files = await Promise.all(addresses.map(async (address) => (await fetch(new URL(address ?? '', origin))).status));
    expect(new Set(files)).toEqual(new Set([200]));
  });

  it('signs up, keeps the cookie to itself, finds its pages again, exports, and signs out', async () => {
    const page = await open('/sign-up');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('E-mail').fill(`${randomUUID()}@films.test`);
    await page.getByLabel('Password').fill('a long password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL(`${origin}${basePath}/home`);
    const cookies = await page.context().cookies(origin + basePath);
    expect(cookies.map(({ path }) => path)).toEqual(cookies.map(() => basePath));
    expect(cookies.length).toBeGreaterThan(0);
    expect(await page.context().cookies(`${origin}/other`)).toEqual([]);

    await page.goto(`${origin}${basePath}/`);
    await page.waitForURL(`${origin}${basePath}/home`);
    // A card's picture is a link without a name, the title below it is one with it.
    const link = page.locator('main a[href*="/movie/"]:not([aria-hidden])').first();
    const title = (await link.textContent()) ?? '';
    const heading = page.getByRole('heading', { level: 1, name: title });
    await link.click();
    await page.waitForURL(`${origin}${basePath}/movie/*`);
    await heading.waitFor();
    await page.reload();
    await heading.waitFor();

    await page.goto(`${origin}${basePath}/profile`);
    const exported = await page.locator('a[download]').first().getAttribute('href');
    expect(exported).toBe(`${basePath}/export.json`);
    expect((await page.request.get(origin + exported)).status()).toBe(200);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${origin}${basePath}/`);
    await page.close();
  });

  it('returns from a provider', async () => {
    const page = await open('/sign-in');
    await page.getByRole('button', { name: `Continue with ${CLIENT.name}` }).click();
    await page.waitForURL(`${origin}${basePath}/home`);
    await page.goto(`${origin}${basePath}/profile`);
    await page.getByRole('heading', { name: 'Pat', level: 1 }).waitFor();
    await page.close();
  });

  it('has the playground, with its workers', async () => {
    const page = await open('/graphql');
    await page.locator('.graphiql-query-editor .view-line').first().waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.locator('.result-window').getByText('"data"').waitFor({ timeout: 20_000 });
    await page.close();
  });

  it('asked for nothing that is elsewhere on the host', () => {
    expect(complaints).toEqual([]);
    expect(others.has(new URL(assets, origin).origin)).toBe(true);
  });
});
