import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launchChromium } from '../../test/real-servers/chromium.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const UI = join(PROJECT, 'client/src/ui');
const { path: chromium, hint } = findChromium();

/** Files of client/src/ui that export a component. */
const COMPONENTS = readdirSync(UI)
  .filter((name) => name.endsWith('.tsx') && /^export function [A-Z]/m.test(readFileSync(join(UI, name), 'utf8')))
  .map((name) => name.slice(0, -'.tsx'.length));

describe.skipIf(chromium === undefined)(`the gallery of components (${hint})`, () => {
  let vite: ViteDevServer;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    vite = await createServer({
      configFile: join(PROJECT, 'vite.config.ts'),
      logLevel: 'error',
      cacheDir: join(PROJECT, 'node_modules/.vite-gallery'),
      optimizeDeps: { entries: ['gallery/main.tsx'] },
      server: { port: 0, host: '127.0.0.1', fs: { allow: [PROJECT] } },
    });
    await vite.listen();
    address = `${vite.resolvedUrls?.local.at(0)}gallery/index.html`;
    browser = await launchChromium(chromium ?? '');
  });

  afterAll(async () => {
    await browser?.close();
    await vite?.close();
  });

  it.each([
    ['light', 'en'],
    ['dark', 'en'],
    ['light', 'ar'],
    ['dark', 'ar'],
  ])(
    'shows every component in %s and %s, and axe finds nothing serious',
    async (theme, language) => {
      const page = await browser.newPage({ reducedMotion: 'reduce' });
      await page.addInitScript(
        ([chosenTheme, chosenLanguage]) => {
          localStorage.setItem('theme', chosenTheme);
          localStorage.setItem('language', chosenLanguage);
        },
        [theme, language] as const,
      );
      await page.goto(address);
      await page.getByRole('heading', { level: 2, name: 'Toast' }).waitFor({ timeout: 45_000 });
      expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
      expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
      const sections = await page.locator('section[aria-labelledby] > h2').allTextContents();
      expect(sections.toSorted()).toEqual(COMPONENTS.toSorted());
      for (const name of ['Message', 'Message with undo', 'Urgent message']) await page.getByRole('button', { name, exact: true }).click();
      expect(await seriousViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Open the dialog' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await seriousViolations(page, 'dialog')).toEqual([]);
      await page.close();
    },
    60_000,
  );

  it('keeps a message for as long as the pointer or the focus is on it', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.clock.install();
    await page.goto(address);
    await page.getByRole('button', { name: 'Message with undo', exact: true }).click();
    const undo = page.getByRole('listitem').getByRole('button', { name: 'Undo' });
    await undo.hover();
    await page.clock.runFor(20_000);
    expect(await undo.count()).toBe(1);
    await undo.focus();
    await page.mouse.move(0, 0);
    await page.clock.runFor(20_000);
    expect(await undo.count()).toBe(1);
    await undo.blur();
    await page.clock.runFor(6_000);
    expect(await undo.count()).toBe(1);
    await page.clock.runFor(2_000);
    await undo.waitFor({ state: 'detached' });
    await page.close();
  });
});

async function seriousViolations(page: Awaited<ReturnType<Browser['newPage']>>, part?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (part !== undefined) axe.include(part);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`);
}
