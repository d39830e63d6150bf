import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot, type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { findChromium, launchChromium } from './real-servers/chromium.ts';
import { type TestApp, testApp } from './running-app.ts';

const OPERATION_READ_MS = 1_500;

const { path: chromium, hint } = findChromium();

describe.skipIf(chromium === undefined)(`the playground in Chromium (${hint})`, () => {
  let folder: TemporaryFolder;
  let app: TestApp;
  let browser: Browser;
  let address: string;
  /** Everything the page should not have had to say or ask. */
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    await build({
      configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
      logLevel: 'error',
      build: { outDir: folder.path, emptyOutDir: true },
    });
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot, { clientDirectory: folder.path });
    address = await app.fastify.listen({ port: 0, host: '127.0.0.1' });
    browser = await launchChromium(chromium ?? '');
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await app?.shutDown(0);
    await folder?.remove();
  });

  const openPlayground = async (): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) complaints.push(`asked elsewhere: ${request.url()}`);
    });
    await page.goto(`${address}/graphql`);
    // The button does nothing before the editor has its text.
    await page.locator('.graphiql-query-editor .view-line').first().waitFor({ timeout: 20_000 });
    return page;
  };

  it('runs the example "sci-fi and action on Netflix, because I liked The Matrix"', async () => {
    const page = await openPlayground();
    await page.getByRole('button', { name: /execute query/i }).click();
    const answer = page.locator('.result-window');
    await answer.getByText('The Matrix Reloaded').waitFor({ timeout: 20_000 });
    await answer.getByText('Because you liked The Matrix · Action and Sci-Fi · on Netflix').first().waitFor();
    await page.close();
  });

  it('has the other examples ready in tabs, and the schema at hand', async () => {
    const page = await openPlayground();
    const tabs = page.getByRole('tab');
    await tabs.first().waitFor({ timeout: 20_000 });
    expect(await tabs.allInnerTexts()).toEqual(['SciFiAndActionOnNetflix', 'Search', 'MovieAndItsLikes', 'Catalog']);
    await tabs.nth(1).click();
    // GraphiQL reads the name of the operation a moment after its text is there; pressed before, it would ask for the one of the tab before.
    await page.locator('.graphiql-query-editor').getByText('searchMovies').first().waitFor({ timeout: 20_000 });
    await page.waitForTimeout(OPERATION_READ_MS);
    await page.getByRole('button', { name: /execute query/i }).click();
    await page.locator('.result-window').getByText('The Matrix Reloaded').waitFor({ timeout: 20_000 });
    await page
      .getByRole('button', { name: /documentation explorer/i })
      .first()
      .click();
    await page.getByRole('link', { name: 'Query' }).click();
    await page.getByRole('link', { name: 'searchMovies' }).waitFor({ timeout: 20_000 });
    await page.close();
  });

  it('asks nothing of other servers and leaves the console clean', () => {
    expect(complaints).toEqual([]);
  });
});
