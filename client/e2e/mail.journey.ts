import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { linkOf, type ReceivedMail } from '../../test/real-servers/smtp.ts';
import type { Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import { forgive, seriousOf, smallTargetsOf } from './pages.journey.ts';
import { SCREENSHOTS, type Size } from './stage.ts';

const DEE = 'dee@films.example';
const NEW_PASSWORD = 'quite another password';

/** What the server sends by mail, from the page that asks for it to the page that the link opens. Ann owns the server. */
export function mailJourneys(it: Journey, size: Size): void {
  it(`an invitation, the proof of an address and a new password come by mail, ${size}`, async ({ actors, expect }) => {
    const mailTo = async (address: string, subject: RegExp, number = 1): Promise<ReceivedMail> => {
      const mails = (): ReceivedMail[] => actors.stage.mailsTo(address).filter((mail) => subject.test(mail.subject ?? ''));
      await expect.poll(() => mails().length).toBe(number);
      const mail = mails().at(-1);
      if (mail === undefined) throw new Error(`there is no mail to ${address}`);
      return mail;
    };
    const findings: string[] = [];
    const look = async (page: Page, name: string): Promise<void> => {
      await page.screenshot({ path: join(SCREENSHOTS, `mail-${name}-${size}.png`) });
      findings.push(...(await seriousOf(page, undefined, false)));
      if (size === 'phone') findings.push(...(await smallTargetsOf(page)));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wider > 0) findings.push(`${name}: ${wider} px wider than the screen`);
    };
    /** As somebody who opens the link of a mail: in a page of its own. */
    const open = async (page: Page, mail: ReceivedMail): Promise<void> => {
      await page.goto('about:blank');
      await page.goto(linkOf(mail).href);
    };

    const owner = await actors.visitor(size);
    await owner.signUp('Ann', 'ann@films.example');
    await owner.signIn('ann@films.example');
    await owner.query('mutation { setRegistration(mode: INVITE) { mode } }');
    await owner.page.goto('/owner');
    await owner.page.getByLabel('E-mail (optional)').fill(DEE);
    await owner.page.getByRole('button', { name: 'Make an invitation' }).click();
    const dialog = owner.page.getByRole('dialog');
    await dialog.getByText(DEE).waitFor();
    const invitation = await mailTo(DEE, /invited/);
    expect(linkOf(invitation).href).toBe(await dialog.locator('p[dir=ltr]').textContent());
    await owner.page.screenshot({ path: join(SCREENSHOTS, `mail-invitation-link-${size}.png`) });

    const dee = await actors.visitor(size);
    const { page } = dee;
    await open(page, invitation);
    await page.getByText('You’re invited.').waitFor();
    await page.getByText('If you forget your password, we mail you a link to choose a new one.').waitFor();
    await look(page, 'invited');
    await page.getByLabel('Name', { exact: true }).fill('Dee');
    await page.getByLabel('Password').fill('a long password');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/home');

    // The address is not proven yet. The profile sends another link.
    await page.goto('/profile');
    await page.getByText(`${DEE} isn’t confirmed yet.`).waitFor();
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText(`A link is on its way to ${DEE}.`).waitFor();
    await open(page, await mailTo(DEE, /Confirm/, 2));
    await page.getByText('Your e-mail is confirmed.').waitFor();
    await look(page, 'verified');
    await page.getByRole('link', { name: 'Profile' }).last().click();
    await page.getByText(`a link to choose a new one goes to ${DEE}`).waitFor();
    expect(await page.getByText('isn’t confirmed yet').count()).toBe(0);

    // Forgotten, in a browser without a session, in Arabic.
    const stranger = await actors.visitor(size);
    await stranger.page.addInitScript(() => {
      if (location.protocol !== 'about:') localStorage.setItem('language', 'ar');
    });
    await stranger.page.emulateMedia({ colorScheme: 'dark' });
    await stranger.page.goto('/sign-in');
    await stranger.page.locator('main a[href="/forgot-password"]').click();
    // Both pages ask for an address.
    await stranger.page.locator('input[name=password]').waitFor({ state: 'detached' });
    await stranger.page.locator('input[name=email]').fill(DEE);
    await look(stranger.page, 'forgot');
    await stranger.page.locator('main form button').click();
    await stranger.page.locator('main [role=status]').getByText(DEE).waitFor();
    await look(stranger.page, 'forgot-sent');
    await open(stranger.page, await mailTo(DEE, /كلمة مرور جديدة/));
    await stranger.page.locator('input[name=password]').fill(NEW_PASSWORD);
    await look(stranger.page, 'new-password');
    await stranger.page.locator('main form button').click();
    await stranger.page.locator('main [role=status]').waitFor();
    await stranger.page.locator('main a[href="/sign-in"]').click();
    await stranger.page.locator('input[name=email]').fill(DEE);
    await stranger.page.locator('input[name=password]').fill(NEW_PASSWORD);
    await stranger.page.locator('main form button').click();
    await stranger.page.waitForURL('**/home');

    // The link works once.
    await mayMove(page);
    await open(page, await mailTo(DEE, /كلمة مرور جديدة/));
    await page.getByLabel('New password').fill('one more long password');
    await page.getByRole('button', { name: 'Save password' }).click();
    await page.getByText('This link is used or expired. Ask for a new one.').waitFor();

    forgive(dee, /reset-password.* 400/);

    await owner.page.reload();
    await owner.page.getByText(/^waiting: 0, last sent: \w{3} /).waitFor();
    expect(findings).toEqual([]);
  }, 40_000);
}
