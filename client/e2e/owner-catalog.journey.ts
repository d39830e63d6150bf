import { join } from 'node:path';
import type { Journey } from './actors.ts';
import { seriousOf } from './pages.journey.ts';
import { SCREENSHOTS, type Size } from './stage.ts';

/** What the page shows of the two versions and of the refresh. */
export function ownerCatalogJourneys(it: Journey, size: Size): void {
  it(`the owner compares the versions and reads of the last refresh, ${size}`, async ({ actors, expect }) => {
    const visit = await actors.visitor(size);
    const { page } = visit;
    await visit.signUp('Ann', 'ann@films.example');
    await visit.signIn('ann@films.example');
    await page.goto('/owner');
    const table = page.getByRole('region', { name: 'The versions that this server keeps.' });
    await table.waitFor();
    const cells = await table
      .getByRole('row')
      .evaluateAll((all) => all.map((one) => [...one.children].map(({ textContent }) => textContent)));
    const facts = Object.fromEntries(cells.map(([name, ...values]) => [name, values]));
    const second = facts.Version?.indexOf('second') ?? -1;
    expect(facts.Version?.toSorted()).toEqual(['first', 'second']);
    const of = (name: string, version: number) => facts[name]?.[version];
    expect([of('State', second), of('State', 1 - second)]).toEqual(['served', 'kept']);
    expect([of('Data of', second), of('Data of', 1 - second)]).toEqual(['Feb 1, 2026', 'Jan 2, 2026']);
    expect([of('Trained', second), of('Data set', second), of('Publish', second)]).toEqual(['Jan 2, 2026', 'fixture', '']);

    const refresh = page.getByRole('region', { name: 'Refresh', exact: true });
    const text = await refresh.innerText();
    for (const part of [
      'A new version was published',
      '3 minutes',
      'films: 12 new, 34 changed, 5 removed; offers: 67 begun, 8 ended',
      'ratings: no new dump',
    ])
      expect(text).toContain(part);
    expect(text).toMatch(/Age of the data\s+\d+ days, since Feb 1, 2026/);
    await refresh.getByText('Log of the refresh').click();
    await refresh.getByText('[new] publish second').waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, `owner-catalog-${size}.png`), fullPage: true });
    expect(await seriousOf(page, undefined, false)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  }, 30_000);
}
