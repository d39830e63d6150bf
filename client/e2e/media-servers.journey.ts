import { join as joinPath } from 'node:path';
import type { Page } from 'playwright-core';
import { ALIEN, jellyfinStop, MATRIX } from '../../test/media-payloads.ts';
import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import { seriousOf, smallTargetsOf } from './pages.journey.ts';
import { SCREENSHOTS, type Size } from './stage.ts';

/** The sample has other ids than the fixture: its movies are found by title and year. */
const BY_TITLE = { Provider_imdb: undefined, Provider_tmdb: undefined };

/** What a media server reports: for one profile, and for a server whose owner names the profiles. */
export function mediaServerJourneys(it: Journey, size: Size): void {
  it(`a media server reports to a profile and to a whole server, ${size}`, async ({ actors, expect }) => {
    const owner = await actors.visitor(size);
    const { page } = owner;
    await owner.signUp('Ann', 'ann@films.example');
    await owner.signIn('ann@films.example');
    const addressOf = async (): Promise<string> => {
      const address = (await page.getByRole('dialog').locator('p[dir=ltr]').textContent()) ?? '';
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      return address;
    };
    const send = async (address: string, event: object) => (await page.request.post(address, { data: event })).status();

    await page.goto('/profile');
    await mayMove(page);
    const section = page.getByRole('region', { name: 'Media servers' });
    await section.getByText('Nothing has come from a media server yet.').waitFor();
    await section.getByLabel('Your name at the media server (optional)').fill('Ann');
    await section.getByRole('button', { name: 'Make an address' }).click();
    await page.getByRole('button', { name: 'Copy address' }).click();
    await page.getByText('Copied').waitFor();
    const first = await addressOf();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first);
    expect(await send(first, jellyfinStop('ann', MATRIX, '2026-01-31T20:15:00Z', BY_TITLE))).toBe(200);
    expect(await send(first, jellyfinStop('ann', MATRIX, '2026-01-31T20:15:00Z', BY_TITLE))).toBe(200);
    expect(await send(first, jellyfinStop('Ben', ALIEN, '2026-01-31T20:15:00Z', BY_TITLE))).toBe(200);
    expect(await send(first, { event: 'seen' })).toBe(400);
    // The page asks for the events again.
    await section.getByRole('button', { name: 'Save the name' }).click();
    const events = section.getByRole('list', { name: 'Last events' }).getByRole('listitem');
    await events.nth(2).waitFor();
    const texts = await events.allInnerTexts();
    expect(texts[0]).toContain('unreadable');
    expect(texts[0]).toContain('expected watched, rated, favorite');
    expect(texts[1]).toContain('another user');
    expect(texts[1]).not.toContain('Alien');
    expect(texts[2]).toContain('The Matrix (1999) taken');
    expect(texts[2]).toContain('came 2 times');
    await look(page, `profile-media-servers-${size}`, size, expect);

    await section.getByLabel('Your name at the media server (optional)').fill('');
    await section.getByRole('button', { name: 'Save the name' }).click();
    await expect.poll(() => owner.query('{ viewer { hook { mediaUser } } }')).toEqual({ viewer: { hook: { mediaUser: null } } });
    expect(await send(first, jellyfinStop('Ben', ALIEN, '2026-01-31T20:15:00Z', BY_TITLE))).toBe(200);
    await section.getByRole('button', { name: 'New address' }).click();
    const second = await addressOf();
    expect([await send(first, jellyfinStop('Ann', ALIEN, '2026-02-01T20:15:00Z')), second === first]).toEqual([404, false]);
    await section.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('The address is revoked.').waitFor();
    expect(await send(second, jellyfinStop('Ann', ALIEN, '2026-02-01T20:15:00Z'))).toBe(404);
    const kept = await owner.query('{ viewer { hook { start } plays(sort: TITLE) { nodes { movie { title } } } } }');
    expect(kept).toEqual({ viewer: { hook: null, plays: { nodes: [{ movie: { title: 'Alien' } }, { movie: { title: 'The Matrix' } }] } } });

    await page.getByRole('link', { name: 'Server' }).click();
    await page.getByRole('button', { name: 'Make an address for the server' }).click();
    const replaced = await addressOf();
    await page.getByText('Nothing has come that has no account.').waitFor();
    expect(await send(replaced, jellyfinStop('Kim', ALIEN, '2026-02-02T20:15:00Z', BY_TITLE))).toBe(200);
    await page.getByRole('button', { name: 'New address for the server' }).click();
    const whole = await addressOf();
    expect(await send(replaced, jellyfinStop('Kim', MATRIX, '2026-02-02T20:15:00Z', BY_TITLE))).toBe(404);
    await page.getByText('1 event waits').waitFor();
    const others = page.getByRole('list', { name: 'Events without an account' }).getByRole('listitem');
    expect((await others.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual(['Kim waits for an account']);
    expect(await send(whole, { event: 'seen' })).toBe(400);
    await look(page, `owner-media-servers-${size}`, size, expect);
    await page.getByLabel('Account of Kim').selectOption({ label: 'Ann (ann@films.example)' });
    await page.getByText('Done', { exact: true }).first().waitFor();
    await page.getByText('1 event waits').waitFor({ state: 'detached' });
    await page.getByText('expected watched, rated, favorite').waitFor();
    expect((await others.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual(['Unknown sender unreadable']);
    expect(await owner.query('{ viewer { plays { totalCount } } }')).toEqual({ viewer: { plays: { totalCount: 3 } } });
    await page.getByRole('button', { name: 'Revoke the address' }).click();
    await page.getByRole('button', { name: 'Make an address for the server' }).waitFor();
    expect(await send(whole, jellyfinStop('Kim', MATRIX, '2026-02-03T20:15:00Z', BY_TITLE))).toBe(404);
  }, 60_000);
}

async function look(page: Page, name: string, size: Size, expect: Parameters<Parameters<Journey>[1]>[0]['expect']): Promise<void> {
  await mayMove(page);
  await page.screenshot({ path: joinPath(SCREENSHOTS, `${name}.png`), fullPage: true });
  const found = await seriousOf(page, undefined, false);
  if (size === 'phone') found.push(...(await smallTargetsOf(page)));
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wider > 0) found.push(`${wider} px wider than the screen`);
  expect(found).toEqual([]);
}
