import type { Journey } from './actors.ts';

/** Sign-in by an OpenID provider: a real one, started beside the server. */
export function providerJourneys(it: Journey): void {
  it('a guest who continues with a provider keeps the list, and cannot remove the only way to sign in', async ({ actors, expect }) => {
    const { page } = await actors.listedGuest('phone');
    actors.stage.provider.person = { sub: 'pat', email: 'pat@id.test', email_verified: true, name: 'Pat' };
    await page.goto('/sign-up');
    await page.getByRole('button', { name: 'Continue with Film Club' }).click();
    await page.waitForURL('**/home');
    await page.goto('/profile');
    await page.getByRole('heading', { name: 'Pat', level: 1 }).waitFor();
    await page.getByText('By Film Club').waitFor();
    expect(await page.getByRole('button', { name: 'Unlink Film Club' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Watchlist' }).first().click();
    await page.locator('main li h2').first().waitFor();
  }, 30_000);

  it('a provider does not take over a password account; its owner links, uses and unlinks the provider', async ({ actors }) => {
    const visit = await actors.visitor('desktop');
    const { page } = visit;
    const email = 'owner@id.test';
    await visit.signUp('Owner', email);
    actors.stage.provider.person = { sub: 'owner', email, email_verified: true, name: 'Owner' };
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${actors.stage.url}/`);

    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Continue with Film Club' }).click();
    await page.getByText('There is an account with this e-mail already').waitFor();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('a long password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).last().click();
    await page.waitForURL('**/home');
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Link Film Club' }).click();
    await page.getByRole('button', { name: 'Unlink Film Club' }).waitFor();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${actors.stage.url}/`);

    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Continue with Film Club' }).click();
    await page.waitForURL('**/home');
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Unlink Film Club' }).click();
    await page.getByText('Film Club is unlinked').waitFor();
    await page.getByRole('button', { name: 'Link Film Club' }).waitFor();
    await page.getByText(`Password, with ${email}`).waitFor();
  }, 40_000);

  it('an account without a password is deleted only after a fresh sign-in, and the dialog says so', async ({ actors, expect }) => {
    const visit = await actors.visitor('desktop');
    const { page } = visit;
    actors.stage.provider.person = { sub: 'finn', email: 'finn@id.test', email_verified: true, name: 'Finn' };
    await page.goto('/sign-up');
    await page.getByRole('button', { name: 'Continue with Film Club' }).click();
    await page.waitForURL('**/home');
    await page.goto('/profile');
    await page.getByRole('heading', { name: 'Finn', level: 1 }).waitFor();
    const stale = { status: 403, contentType: 'application/json', body: JSON.stringify({ code: 'SESSION_NOT_FRESH' }) };
    await page.route('**/api/auth/delete-user', (route) => route.fulfill(stale));
    await page.getByRole('button', { name: 'Delete account' }).click();
    await page.getByRole('button', { name: 'Delete permanently' }).click();
    await page.getByRole('alert').filter({ hasText: 'sign out, sign in again' }).waitFor();
    // Chromium reports the refusal on its console.
    expect(visit.complaints.splice(0)).toEqual([expect.stringContaining('403')]);
    await page.unroute('**/api/auth/delete-user');
    await page.getByRole('button', { name: 'Delete permanently' }).click();
    await page.waitForURL(`${actors.stage.url}/`);
    expect(await (await page.request.get('/api/auth/get-session')).json()).toBeNull();
  }, 30_000);

  it('an account with a password is not deleted without it, and the dialog says so', async ({ actors, expect }) => {
    const visit = await actors.visitor('desktop');
    const { page } = visit;
    await visit.signUp('Pia', 'pia@id.test');
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Delete account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete permanently' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'Enter your password' }).waitFor();
    await dialog.getByLabel('Password').fill('not the password');
    await dialog.getByRole('button', { name: 'Delete permanently' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'Wrong e-mail or password' }).waitFor();
    expect(visit.complaints.splice(0)).toEqual([expect.stringContaining('400'), expect.stringContaining('400')]);
    expect(await (await page.request.get('/api/auth/get-session')).json()).not.toBeNull();
    await dialog.getByLabel('Password').fill('a long password');
    await dialog.getByRole('button', { name: 'Delete permanently' }).click();
    await page.waitForURL(`${actors.stage.url}/`);
    expect(await (await page.request.get('/api/auth/get-session')).json()).toBeNull();
  }, 30_000);

  it("an unknown state in a provider's redirect is reported on the sign-in page", async ({ actors, expect }) => {
    const { page } = await actors.visitor('desktop');
    await page.goto('/api/auth/callback/oidc?code=x&state=unknown');
    await page.getByRole('alert').filter({ hasText: 'Please start again' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  }, 20_000);
}
