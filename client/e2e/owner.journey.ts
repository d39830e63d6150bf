import { join as joinPath } from 'node:path';
import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import { seriousOf, smallTargetsOf } from './pages.journey.ts';
import { SCREENSHOTS, type Size } from './stage.ts';

/** A server from an empty folder: who owns it, who gets in, and the ways back in. */
export function ownerJourneys(it: Journey, size: Size): void {
  it(`an owner invites, closes, helps with a forgotten password and disables, ${size}`, async ({ actors, expect }) => {
    const owner = await actors.visitor(size);
    const join = async (visit: typeof owner, name: string): Promise<void> => {
      const { page } = visit;
      await page.getByLabel('Name', { exact: true }).fill(name);
      if (await page.getByLabel('E-mail').isEditable()) await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@films.example`);
      await page.getByLabel('Password').fill('a long password');
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.waitForURL('**/home');
    };
    await owner.page.goto('/sign-up');
    await join(owner, 'Ann');
    await owner.page.goto('/profile');
    await owner.page.getByRole('link', { name: 'Server' }).click();
    await owner.page.getByRole('heading', { name: 'Accounts', exact: true }).waitFor();

    // Without an invitation there is no form.
    const second = await actors.visitor(size);
    await second.page.goto('/sign-up');
    await second.page.getByText('A new account takes an invitation').waitFor();
    expect(await second.page.getByLabel('Password').count()).toBe(0);

    await owner.page.getByLabel('E-mail (optional)').fill('ben@films.example');
    await owner.page.getByRole('button', { name: 'Make an invitation' }).click();
    const link = async (): Promise<string> => (await owner.page.getByRole('dialog').locator('p[dir=ltr]').textContent()) ?? '';
    const invitation = await link();
    await owner.page.keyboard.press('Escape');
    expect(await owner.page.getByLabel('E-mail (optional)').inputValue()).toBe('');
    await second.page.goto('about:blank');
    await second.page.goto(invitation);
    await second.page.getByText('You’re invited.').waitFor();
    expect(await second.page.getByLabel('E-mail').inputValue()).toBe('ben@films.example');
    await join(second, 'Ben');
    await second.page.goto('/owner');
    await second.page.getByText('Only owners and admins of this server see this page.').waitFor();

    await owner.page.getByLabel('Nobody').click();
    await owner.page.getByText('Done', { exact: true }).first().waitFor();
    const third = await actors.visitor(size);
    await third.page.goto('/sign-up');
    await third.page.getByRole('heading', { name: 'No new accounts' }).waitFor();
    const refused = await third.page.request.post('/api/auth/sign-up/email', {
      data: { name: 'Cid', email: 'cid@films.example', password: 'a long password' },
      headers: { origin: new URL(third.page.url()).origin },
    });
    expect([refused.status(), (await refused.json()).code]).toEqual([403, 'REGISTRATION_CLOSED']);

    await owner.page.reload();
    await owner.page.getByRole('button', { name: 'Manage Ann' }).click();
    await owner.page.getByRole('button', { name: 'Sign out everywhere' }).waitFor();
    expect(await owner.page.getByRole('button', { name: /^(Disable|Delete)/ }).count()).toBe(0);
    await owner.page.keyboard.press('Escape');
    await owner.page.getByRole('button', { name: 'Manage Ben' }).click();
    await owner.page.getByRole('button', { name: 'Link for a new password' }).click();
    const reset = await link();
    await owner.page.keyboard.press('Escape');
    await third.page.goto('about:blank');
    await third.page.goto(reset);
    await third.page.getByLabel('New password').fill('quite another password');
    await third.page.getByRole('button', { name: 'Save password' }).click();
    await third.page.getByText('Your password is changed').waitFor();
    await third.page.getByRole('link', { name: 'Sign in' }).last().click();
    await third.page.getByLabel('E-mail').fill('ben@films.example');
    await third.page.getByLabel('Password').fill('quite another password');
    await third.page.getByRole('button', { name: 'Sign in' }).click();
    await third.page.waitForURL('**/home');

    await owner.page.getByRole('button', { name: 'Disable' }).click();
    await owner.page.getByRole('button', { name: 'Enable' }).waitFor();
    await expect.poll(() => third.query('{ viewer { name } }')).toEqual({ viewer: null });
    await owner.page.keyboard.press('Escape');
    await owner.page.reload();
    await owner.page.getByText('Account disabled').waitFor();

    await owner.query('mutation { addToWatchlist(movieId: "2571") { watched } }');
    // A rule is previewed, saved, followed and taken back.
    const rules = owner.page.getByRole('form', { name: 'New rule' });
    await rules.getByLabel('What it does').selectOption('PIN');
    await rules.getByRole('combobox', { name: 'Film', exact: true }).fill('matrix');
    await owner.page.getByRole('option', { name: 'The Matrix 1999' }).click();
    await rules.getByRole('button', { name: 'Show the effect' }).click();
    await rules.getByRole('region', { name: 'Effect of the rule' }).getByText('The Matrix (1999) · pinned').waitFor();
    await rules.getByLabel('What it does').selectOption('HIDE');
    await rules.getByLabel('Reason', { exact: true }).fill('Not for this club');
    await rules.getByRole('button', { name: 'Save the rule' }).click();
    await owner.page.getByText('hidden The Matrix (1999)').waitFor();
    await expect.poll(() => owner.query('{ movie(id: "2571") { id } }'), { timeout: 5_000 }).toEqual({ movie: null });
    const keeper = await actors.visitor(size);
    await keeper.signIn('ann@films.example');
    await keeper.page.goto('/watchlist');
    const kept = keeper.page.getByRole('listitem').filter({ hasText: 'The Matrix' });
    await kept.getByText('Hidden by the owner of this server.').waitFor();
    expect(await kept.getByRole('link').count()).toBe(0);
    await keeper.page.getByRole('button', { name: 'Pick one for me' }).click();
    await keeper.page.getByText('There is nothing left to watch on your list.').waitFor();
    await keeper.query('mutation { setWatched(movieIds: ["2571"], watched: true) { watched } }');
    await keeper.page.goto('/opinions?show=seen');
    const seen = keeper.page.getByRole('listitem').filter({ hasText: 'Hidden by the owner of this server.' });
    await seen.getByRole('heading', { name: 'The Matrix' }).waitFor();
    expect(await seen.locator('a, button').count()).toBe(0);
    await rules.getByLabel('What it does').selectOption('BOOST');
    await rules.getByLabel(/^Genre or service/).selectOption({ label: 'Animation' });
    await rules.getByLabel('Reason', { exact: true }).fill('Family week');
    await rules.getByRole('button', { name: 'Save the rule' }).click();
    await owner.page.getByText('boosted Animation').waitFor();
    await owner.page.getByRole('button', { name: 'Remove the rule for The Matrix (1999)' }).click();
    await owner.page.getByText('The rule is gone.').waitFor();
    await expect.poll(() => owner.query('{ movie(id: "2571") { id } }'), { timeout: 5_000 }).toEqual({ movie: { id: '2571' } });

    // Every chart has its values as a table.
    await owner.page.getByRole('button', { name: 'Last day' }).click();
    const requests = owner.page.getByRole('figure', { name: /^Requests [1-9]/ });
    await requests.getByText('As a table').click();
    expect(await requests.getByRole('row').count()).toBe(97);
    await requests.getByText('As a table').click();
    await owner.page.getByText(/^CineMatch \d/).waitFor();

    // While the page loads there is no foot that its content would move.
    const late = Promise.withResolvers<void>();
    await owner.page.route('**/graphql*', (route) => late.promise.then(() => route.continue()));
    await owner.page.reload();
    await owner.page.locator('[data-loading="page"]').waitFor();
    expect(await owner.page.locator('footer').isVisible()).toBe(false);
    late.resolve();
    await owner.page.getByText('Account disabled').waitFor();
    expect(await owner.page.locator('footer').isVisible()).toBe(true);
    await owner.page.unrouteAll({ behavior: 'wait' });

    const found: string[] = [];
    for (const [language, theme] of [
      ['en', 'light'],
      ['en', 'dark'],
      ['ar', 'light'],
    ] as const) {
      await mayMove(owner.page);
      await owner.page.evaluate((tag) => localStorage.setItem('language', tag), language);
      await owner.page.emulateMedia({ colorScheme: theme });
      await owner.page.reload();
      await owner.page.locator('main a[download]').waitFor();
      await owner.page.screenshot({ path: joinPath(SCREENSHOTS, `owner-${size}-${theme}-${language}.png`), fullPage: true });
      found.push(...(await seriousOf(owner.page, undefined, false)));
      if (size === 'phone') found.push(...(await smallTargetsOf(owner.page)));
      const wider = await owner.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wider > 0) found.push(`${language}: ${wider} px wider than the screen`);
    }
    expect(found).toEqual([]);
  }, 60_000);
}
