import type { Journey } from './actors.ts';

/** About the speed of a phone with poor reception. */
const SLOW = { latency: 400, bytesPerSecond: 100_000 };

/** On a slow network nothing is sent twice and nothing shifts. */
export function slowJourneys(it: Journey): void {
  it('on a slow network: skeletons at once, one request for each action, optimistic results', async ({ actors, expect }) => {
    const visit = await actors.visitor('phone');
    const { page } = visit;
    const posted: string[] = [];
    let answered = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(/"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1] ?? request.url());
    });
    page.on('response', (response) => {
      if (response.request().postData()?.includes('"SetFeedback"')) answered++;
    });
    const sent = (what: string): number => posted.filter((name) => name.endsWith(what)).length;
    await visit.slowDown(SLOW);

    await page.goto('/');
    await page.getByRole('button', { name: 'Get started' }).first().dblclick();
    await page.waitForURL('**/welcome');
    await page.locator('[class*=skeleton]').first().waitFor();
    await page.getByRole('button', { name: 'Netflix' }).click();
    expect(sent('/sign-in/anonymous')).toBe(1);
    await page.getByRole('link', { name: 'Skip', exact: true }).click();
    await page.locator('[class*=skeleton]').first().waitFor();
    const list = page.getByRole('region', { name: 'Recommended films' });
    const titles = list.getByRole('heading', { level: 3 });
    await titles.nth(5).waitFor();

    const [first] = await titles.allInnerTexts();
    const answers = Promise.withResolvers<void>();
    await page.route('/graphql', async (route) => {
      if (route.request().postData()?.includes('"SetFeedback"')) await answers.promise;
      await route.continue();
    });
    await list.getByRole('button', { name: `Like ${first}`, exact: true }).click();
    await list.getByRole('button', { name: `Like ${first}`, exact: true, pressed: true }).waitFor();
    expect(answered).toBe(0);
    await page
      .getByRole('listitem')
      .filter({ hasText: `More like ${first}` })
      .getByRole('button', { name: 'Undo' })
      .click();
    await list.getByRole('button', { name: `Like ${first}`, exact: true, pressed: false }).waitFor();
    // The undo waits for its like.
    expect([sent('SetFeedback'), answered]).toEqual([1, 0]);
    answers.resolve();
    await expect.poll(() => answered).toBe(2);
    expect(sent('SetFeedback')).toBe(2);
    expect(await visit.query('{ viewer { likedMovies { title } } }')).toEqual({ viewer: { likedMovies: [] } });
    await expect.poll(() => titles.allInnerTexts()).toContain(first);
  }, 40_000);
}
