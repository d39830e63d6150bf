import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from './fixture-movies.ts';
import { type TemporaryFolder, temporaryFolder, writeFixtureRelease } from './fixture-release.ts';
import makeApp from './real-servers/built-app.ts';
import { findChromium, launchChromium } from './real-servers/chromium.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';

/** One transparent pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const MOVIES = FIXTURE_MOVIES.map((movie) => ({ ...movie, posterPath: `/poster${movie.movieId}.png` }));

const { path: chromium, hint } = findChromium();

describe.skipIf(chromium === undefined)(`posters in Chromium (${hint})`, () => {
  let browser: Browser;
  let images: Server;
  let imageOrigin: string;
  let asked: string[];
  let folder: TemporaryFolder;
  let server: RunningServer | undefined;
  beforeAll(async () => {
    makeApp();
    browser = await launchChromium(chromium ?? '');
    images = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.setHeader('content-type', 'image/png').end(PIXEL);
    }).listen(0, '127.0.0.1');
    await once(images, 'listening');
    const address = images.address();
    imageOrigin = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  }, 180_000);
  afterEach(async () => {
    await server?.end();
    await folder.remove();
  });
  afterAll(async () => {
    await browser?.close();
    images?.close();
  });

  /** The hosts that a browser asks for the home page and the page of a movie, and the pictures that it got. */
  async function visited(mode: 'tmdb' | 'proxy' | 'off') {
    asked = [];
    folder = await temporaryFolder();
    server = await startServer(folder.path, { POSTERS: mode, POSTERS_ORIGIN: `${imageOrigin}/t/p`, RATE_LIMIT: 'off' });
    await writeFixtureRelease(`${folder.path}/artifacts`, { version: 'with-posters', movies: MOVIES });
    const ready = async (): Promise<unknown> => (await fetch(`${server?.url}/ready`)).json();
    await expect.poll(ready, { timeout: 20_000 }).toMatchObject({ version: 'with-posters' });
    const page = await browser.newPage({ locale: 'en-GB' });
    const hosts = new Set<string>();
    const pictures: string[] = [];
    page.on('request', (request) => request.url().startsWith('http') && hosts.add(new URL(request.url()).origin));
    page.on('response', (response) => {
      if (response.request().resourceType() === 'image' && response.status() === 200) pictures.push(new URL(response.url()).pathname);
    });
    await page.goto(`${server.url}/home`);
    await page.getByRole('region', { name: 'Recommended films' }).getByRole('heading', { level: 3 }).nth(5).waitFor();
    await page.waitForLoadState('networkidle');
    await page.goto(`${server.url}/movie/2571`);
    await page.getByRole('heading', { level: 1, name: 'The Matrix' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.close();
    return { hosts: [...hosts].sort(), posters: pictures.filter((path) => /\/poster\d+\.png$/.test(path)), own: server.url };
  }

  it('come from this server alone with POSTERS=proxy, which asks the image server once for each', async () => {
    const { hosts, posters, own } = await visited('proxy');
    expect(hosts).toEqual([own]);
    expect(posters.length).toBeGreaterThan(5);
    expect(posters.filter((path) => !/^\/posters\/w\d+\/poster\d+\.png$/.test(path))).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toContainEqual(expect.stringMatching(/^\/t\/p\/w\d+\/poster2571\.png$/));
  }, 120_000);

  it('are asked for nowhere with POSTERS=off', async () => {
    const { hosts, posters, own } = await visited('off');
    expect([hosts, posters, asked]).toEqual([[own], [], []]);
  }, 120_000);

  it('come from the image server otherwise, so that the two above would see it', async () => {
    const { hosts, posters, own } = await visited('tmdb');
    expect(hosts).toEqual([imageOrigin, own].sort());
    expect(posters.length).toBeGreaterThan(5);
  }, 120_000);
});
