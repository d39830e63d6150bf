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

/** The owner publishes one version and rolls back to the other, while others ask. */
export function ownerPublishJourney(it: Journey): void {
  it('the owner publishes and rolls back from the page under load, and no request fails', async ({ actors, expect }) => {
    const visit = await actors.visitor('desktop');
    const { page } = visit;
    await visit.signUp('Ann', 'ann@films.example');
    await visit.signIn('ann@films.example');
    await page.goto('/owner');
    const table = page.getByRole('region', { name: 'The versions that this server keeps.' });
    const served = (version: string) => page.getByRole('button', { name: `Publish ${version === 'first' ? 'second' : 'first'}` });
    await served('second').waitFor();
    const seen = new Set<string>();
    let isOver = false;
    const client = async (): Promise<void> => {
      while (!isOver) {
        const answer = await visit.query<{ catalog: { version: string } }>(
          '{ catalog { version } recommendations(first: 20) { nodes { score } } }',
        );
        seen.add(answer?.catalog.version ?? '');
      }
    };
    const clients = Promise.all([client(), client(), client(), client()]);
    try {
      await page.getByRole('button', { name: 'Publish first' }).click();
      await page.getByText('Published. All servers serve it within seconds.').waitFor();
      await expect.poll(() => seen.has('first')).toBe(true);
      await served('first').waitFor();
      seen.clear();
      await page.getByRole('button', { name: 'Roll back to second' }).click();
      await expect.poll(() => seen.has('second')).toBe(true);
      await served('second').waitFor();
      await table.getByText('served').waitFor();
    } finally {
      isOver = true;
      // A request that failed fails the test here.
      await clients;
    }
  }, 30_000);
}
