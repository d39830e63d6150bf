import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { moviesWithRecentOffers } from '../../test/fixture-movies.ts';
import {
  publishVersion,
  type TemporaryFolder,
  temporaryFolder,
  writeFixtureRefresh,
  writeFixtureRelease,
} from '../../test/fixture-release.ts';
import { CLIENT, type OpenIdProvider, startOpenIdProvider } from '../../test/openid-provider.ts';
import { launchChromium } from '../../test/real-servers/chromium.ts';
import { PUSH_KEYS } from '../../test/real-servers/push-service.ts';
import { freePorts } from '../../test/real-servers/server-process.ts';
import { RealSmtp, type ReceivedMail } from '../../test/real-servers/smtp.ts';
import { PROJECT } from '../../tools/run-tool.ts';
import { LayoutShifts } from './layout-shifts.ts';

const MAX_START_MS = 60_000;
/** Ignored by git, like everything in build/. */
export const SCREENSHOTS = `${PROJECT}/build/screenshots`;

export const SIZES = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  /** The narrowest screen that WCAG asks about. */
  narrow: { width: 320, height: 640 },
  /** A desktop at a zoom of 200 %. */
  zoomed: { width: 640, height: 400 },
} as const;
export type Size = keyof typeof SIZES;
export type Theme = 'light' | 'dark';

export interface Look {
  theme?: Theme;
  /** As Windows' contrast themes. */
  forcedColours?: boolean;
  /** With the service worker. Visits without it ask the server for everything. */
  installed?: boolean;
}

export interface StageSettings {
  /** The setting REGISTRATION; empty: the default. */
  registration?: string;
  /** Serves the second of two versions of a small catalog, instead of the sample. A refresh published it. */
  twoVersions?: readonly [previous: string, current: string];
  /** Sends mail through a mail server of the stage. */
  mail?: boolean;
}

/** The built server as a process of its own, with a browser. */
export class Stage {
  readonly url: string;
  readonly provider: OpenIdProvider;
  readonly #smtp: RealSmtp | undefined;
  readonly #port: number;
  readonly #registration: string;
  readonly #artifacts: string;
  readonly #folder: TemporaryFolder;
  readonly #browser: Browser;
  #server: ChildProcess | undefined;

  private constructor(
    port: number,
    folder: TemporaryFolder,
    browser: Browser,
    provider: OpenIdProvider,
    { registration, artifacts, smtp }: { registration: string; artifacts: string; smtp: RealSmtp | undefined },
  ) {
    this.#smtp = smtp;
    this.#registration = registration;
    this.#artifacts = artifacts;
    this.provider = provider;
    this.#port = port;
    this.url = `http://localhost:${port}`;
    this.#folder = folder;
    this.#browser = browser;
  }

  static async open(chromiumPath: string, { registration = 'open', twoVersions, mail = false }: StageSettings = {}): Promise<Stage> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const [[port], folder, browser, provider, smtp] = await Promise.all([
      freePorts(1),
      temporaryFolder(),
      launchChromium(chromiumPath),
      startOpenIdProvider(),
      mail ? RealSmtp.start() : undefined,
    ]);
    const artifacts = twoVersions === undefined ? 'artifacts' : `${folder.path}/artifacts`;
    if (twoVersions !== undefined) {
      const [previous, version] = twoVersions;
      const movies = moviesWithRecentOffers();
      for (const written of twoVersions) await writeFixtureRelease(artifacts, { version: written, movies, publish: false });
      await publishVersion(artifacts, version, previous);
      await writeFixtureRefresh(artifacts, version);
    }
    const stage = new Stage(port, folder, browser, provider, { registration, artifacts, smtp });
    await stage.startServer();
    return stage;
  }

  /** Does nothing when the server runs. */
  async startServer(): Promise<void> {
    if (this.#server !== undefined) return;
    const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'dist/main.js'], {
      cwd: PROJECT,
      env: {
        PATH: process.env.PATH,
        HOST: 'localhost',
        PORT: String(this.#port),
        ARTIFACTS_DIR: this.#artifacts,
        DATA_DIR: this.#folder.path,
        RATE_LIMIT: 'off',
        // Several servers run at the same time.
        WORKERS: '1',
        REGISTRATION: this.#registration,
        LOG_LEVEL: 'warn',
        WEB_PUSH_PUBLIC_KEY: PUSH_KEYS.publicKey,
        WEB_PUSH_PRIVATE_KEY: PUSH_KEYS.privateKey,
        WEB_PUSH_CONTACT: 'mailto:owner@films.example',
        OIDC_NAME: CLIENT.name,
        OIDC_DISCOVERY_URL: this.provider.discoveryUrl,
        OIDC_CLIENT_ID: CLIENT.clientId,
        OIDC_CLIENT_SECRET: CLIENT.clientSecret,
        ...(this.#smtp === undefined
          ? {}
          : { SMTP_URL: `smtp://127.0.0.1:${this.#smtp.port}`, MAIL_FROM: 'films@films.example', PUBLIC_URL: this.url }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    server.stderr.on('data', (text: Buffer) => {
      complaint += text.toString();
    });
    process.on('exit', () => server.kill('SIGKILL'));
    this.#server = server;
    const late = AbortSignal.timeout(MAX_START_MS);
    while (!late.aborted && server.exitCode === null) {
      const ready = await fetch(`${this.url}/ready`).catch(() => undefined);
      if (ready?.ok === true) return;
      await sleep(50);
    }
    throw new Error(`the server did not start: ${complaint}`);
  }

  async killServer(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  /** A new visitor with a browser context of their own. */
  async visit(size: Size, { theme = 'light', forcedColours = false, installed = false }: Look = {}): Promise<Visit> {
    const context = await this.#browser.newContext({
      baseURL: this.url,
      viewport: SIZES[size],
      colorScheme: theme,
      reducedMotion: 'reduce',
      forcedColors: forcedColours ? 'active' : 'none',
      locale: 'en-GB',
      hasTouch: size === 'phone' || size === 'narrow',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    // Playwright's own way to block workers writes a warning to the console of each page.
    if (!installed) await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    const visit = new Visit(context, await context.newPage(), this.url);
    await visit.watchShifts();
    return visit;
  }

  /** The mails to an address, oldest first. */
  mailsTo(address: string): ReceivedMail[] {
    return this.#smtp?.to(address) ?? [];
  }

  /** A page without the watchers that a visit adds. */
  async stranger(viewport: { width: number; height: number }): Promise<{ page: Page; close(): Promise<void> }> {
    const context = await this.#browser.newContext({ baseURL: this.url, viewport });
    return { page: await context.newPage(), close: () => context.close() };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.killServer();
    await this.provider.stop();
    await this.#smtp?.down();
    await this.#folder.remove();
  }
}

export class Visit {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #url: string;
  /** Console messages and page errors that no test expected. */
  readonly complaints: string[] = [];
  readonly #shifts = new LayoutShifts();

  constructor(context: BrowserContext, page: Page, url: string) {
    this.#context = context;
    this.#url = url;
    this.page = page;
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      const about = `${page.url().slice(url.length)}: ${message.text()}`;
      // Posters come from TMDb, which tests cannot reach. The app then draws its own poster.
      if (['error', 'warning'].includes(message.type()) && !message.location().url.includes('image.tmdb.org')) this.complaints.push(about);
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  /** Sends a GraphQL request with this visitor's session. */
  async query<Data = object>(query: string, variables: object = {}): Promise<Data | undefined> {
    const response = await this.#context.request.post('/graphql', { data: { query, variables } });
    const body: { data?: Data; errors?: { message: string }[] } = await response.json();
    if (body.errors !== undefined) throw new Error(body.errors.map(({ message }) => message).join('; '));
    return body.data;
  }

  async beGuest(): Promise<void> {
    await this.#context.request.post('/api/auth/sign-in/anonymous', { data: {}, headers: { origin: this.#url } });
  }

  /** The password is "a long password". */
  async signUp(name: string, email: string): Promise<void> {
    const data = { name, email, password: 'a long password' };
    await this.#context.request.post('/api/auth/sign-up/email', { data, headers: { origin: this.#url } });
  }

  /** With the password of `signUp`. */
  async signIn(email: string): Promise<void> {
    const data = { email, password: 'a long password' };
    await this.#context.request.post('/api/auth/sign-in/email', { data, headers: { origin: this.#url } });
  }

  /** Emulates a slow network: the latency of a round trip and the download speed. */
  async slowDown({ latency, bytesPerSecond }: { latency: number; bytesPerSecond: number }): Promise<void> {
    const cdp = await this.#context.newCDPSession(this.page);
    const throughput = { downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency, ...throughput });
  }

  watchShifts(): Promise<void> {
    return this.#shifts.watch(this.#context);
  }

  /** Layout shifts of all pages of this visit. */
  get moved(): string[] {
    return this.#shifts.complaints();
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
