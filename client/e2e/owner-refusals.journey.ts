import type { Page } from 'playwright-core';
import type { ExpectStatic } from 'vitest';
import { ALIEN, jellyfinStop } from '../../test/media-payloads.ts';
import type { Actors, Journey } from './actors.ts';
import { mayMove } from './layout-shifts.ts';
import { BROKEN, refuse } from './refuse.ts';
import type { Visit } from './stage.ts';

export const TWO_VERSIONS = ['first', 'second'] as const;

const FAILED = 'That didn’t work. Please try again.';
const FORBIDDEN = { extensions: { code: 'FORBIDDEN' }, message: 'You may not do this.' };
const STORED = `{ admin {
  accounts(first: 10) { nodes { id name role disabled sessionCount } }
  registration { mode }
  invitations { email role }
  hook { start }
  hookUsers { name userId }
  catalog { previous versions { version isPublished isServed } }
  operatorRules { effect subject }
  auditLog(first: 1) { totalCount }
} }`;

interface Refusal {
  /** What the server says; an internal error when this is left out. */
  extensions?: object;
  message?: string;
  /** A mutation that makes the state in which the page offers the action. */
  before?: (benId: string) => string;
  /** The same with more than one mutation. */
  prepare?: (visit: Visit) => Promise<unknown>;
  /** Opens the dialog, or fills the form, in which the action is. */
  open?: (page: Page) => Promise<void>;
  act: (page: Page) => Promise<unknown>;
  /** What the page shows of the state that the action would change. */
  shown: (page: Page) => Promise<unknown>;
}

const inDialog = (button: string) => (page: Page) => page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
const onPage = (button: string) => (page: Page) => page.getByRole('button', { name: button, exact: true }).click();
const manageBen = onPage('Manage Ben');
const row = (name: string) => (page: Page) => page.getByRole('listitem').filter({ hasText: name }).allInnerTexts();
const dialog = (page: Page) => page.getByRole('dialog').allInnerTexts();
const versions = (page: Page) => page.getByRole('table').filter({ hasText: 'second' }).allInnerTexts();

/** For each mutation of the owner's page, which shows nothing before the server has answered: the server refuses it. */
export const OWNER_REFUSALS: Record<string, Refusal> = {
  SetAccountRole: {
    extensions: { code: 'LAST_OWNER' },
    message: 'You’re the only owner of this server. Make somebody else owner first.',
    open: manageBen,
    act: (page) => page.getByLabel('Role').selectOption('ADMIN'),
    shown: async (page) => [await page.getByLabel('Role').inputValue(), await row('ben@films.example')(page)],
  },
  SignOutAccount: { open: manageBen, act: inDialog('Sign out everywhere'), shown: row('ben@films.example') },
  DisableAccount: { ...FORBIDDEN, open: manageBen, act: inDialog('Disable'), shown: dialog },
  EnableAccount: {
    before: (id) => `mutation { disableAccount(userId: "${id}") { id } }`,
    open: manageBen,
    act: inDialog('Enable'),
    shown: async (page) => [await dialog(page), await row('ben@films.example')(page)],
  },
  DeleteAccount: {
    ...FORBIDDEN,
    open: async (page) => {
      await manageBen(page);
      await inDialog('Delete')(page);
    },
    act: inDialog('Delete permanently'),
    shown: async (page) => [await dialog(page), await row('ben@films.example')(page)],
  },
  CreatePasswordResetLink: {
    extensions: { code: 'PASSWORD_SIGN_IN_OFF' },
    message: 'This server takes no passwords. Sign in with one of the providers.',
    open: manageBen,
    act: inDialog('Link for a new password'),
    shown: dialog,
  },
  SetRegistration: {
    act: (page) => page.getByLabel('Nobody').click(),
    shown: (page) => page.getByRole('radio').evaluateAll((radios) => radios.map((radio) => radio.matches(':checked'))),
  },
  CreateInvitation: {
    extensions: { code: 'TOO_MANY_INVITATIONS' },
    message: '100 invitations are waiting. Revoke some first.',
    open: (page) => page.getByLabel('E-mail (optional)').fill('cid@films.example'),
    act: onPage('Make an invitation'),
    // What was typed stays, so that it can be sent again.
    shown: async (page) => [await dialog(page), await row('cid@')(page), await page.getByLabel('E-mail (optional)').inputValue()],
  },
  RevokeInvitation: {
    before: () => 'mutation { createInvitation(email: "dan@films.example", role: MEMBER) { url } }',
    act: onPage('Revoke'),
    shown: row('dan@films.example'),
  },
  CreateServerHook: { ...FORBIDDEN, act: (page) => page.getByRole('button', { name: /address for the server$/ }).click(), shown: dialog },
  RevokeServerHook: {
    before: () => 'mutation { createServerHook { token } }',
    act: onPage('Revoke the address'),
    shown: row('/hooks/cmh_'),
  },
  MapHookUser: {
    prepare: async (visit) => {
      const made = await visit.query<{ createServerHook: { token: string } }>('mutation { createServerHook { token } }');
      await visit.page.request.post(`/hooks/${made?.createServerHook.token}`, { data: jellyfinStop('Kim', ALIEN, '2026-02-02T20:15:00Z') });
    },
    act: (page) => page.getByLabel('Account of Kim').selectOption({ index: 1 }),
    shown: (page) => page.getByLabel('Account of Kim').inputValue(),
  },
  AddOperatorRule: {
    extensions: { code: 'TOO_MANY_RULES' },
    message: 'There are 100 rules. Remove some first.',
    open: async (page) => {
      await page.getByLabel('What it does').selectOption('BOOST');
      await page.getByLabel(/^Genre or service/).selectOption({ label: 'Drama' });
      await page.getByLabel('Reason', { exact: true }).fill('Drama week');
    },
    act: onPage('Save the rule'),
    shown: async (page) => [
      await page.getByLabel(/^Genre or service/).inputValue(),
      await page.getByLabel('Reason', { exact: true }).inputValue(),
    ],
  },
  DeleteOperatorRule: {
    before: () => 'mutation { addOperatorRule(rule: { effect: PIN, movieId: "2571", reason: "x" }) { id } }',
    act: onPage('Remove the rule for The Matrix (1999)'),
    shown: row('The Matrix'),
  },
  PublishVersion: { act: onPage('Publish first'), shown: versions },
  RollBackCatalog: { ...FORBIDDEN, act: onPage('Roll back to first'), shown: versions },
};

export function ownerRefusalJourneys(it: Journey): void {
  for (const [mutation, refusal] of Object.entries(OWNER_REFUSALS))
    it(`the server refuses ${mutation}`, ({ actors, expect }) => refused(mutation, refusal, actors, expect), 30_000);
}

async function refused(
  mutation: string,
  { extensions = BROKEN, message = FAILED, before, prepare, open, act, shown }: Refusal,
  actors: Actors,
  expect: ExpectStatic,
): Promise<void> {
  const { visit, benId } = await ownerWithBen(actors);
  const { page } = visit;
  if (before !== undefined) await visit.query(before(benId));
  await prepare?.(visit);
  const stored = await visit.query(STORED);
  await page.goto('/owner');
  await page.getByRole('button', { name: 'Manage Ben' }).waitFor();
  await mayMove(page);
  await open?.(page);
  const shownBefore = await shown(page);
  const answer = await refuse(page, mutation, extensions);
  await act(page);
  await answer();
  await page.getByRole('alert').getByText(message).waitFor();
  // The action can be taken again.
  await expect.poll(() => page.locator('button:disabled, select:disabled, fieldset:disabled').count()).toBe(0);
  expect(await shown(page)).toEqual(shownBefore);
  expect(await page.getByText('Done', { exact: true }).count()).toBe(0);
  expect(await visit.query(STORED)).toEqual(stored);
}

/** Ann owns the server and Ben is a member. The first journey makes both. */
async function ownerWithBen(actors: Actors): Promise<{ visit: Visit; benId: string }> {
  const visit = await actors.visitor('desktop');
  await visit.signUp('Ann', 'ann@films.example');
  await visit.signIn('ann@films.example');
  await visit.query('mutation { setRegistration(mode: OPEN) { mode } }');
  const ben = await actors.visitor('desktop');
  await ben.signUp('Ben', 'ben@films.example');
  const found = await visit.query<{ admin: { accounts: { nodes: { id: string }[] } } }>(
    '{ admin { accounts(first: 1, search: "ben@films.example") { nodes { id } } } }',
  );
  const benId = found?.admin.accounts.nodes[0].id ?? '';
  await visit.query(`mutation { enableAccount(userId: "${benId}") { id } setRegistration(mode: INVITE) { mode } }`);
  return { visit, benId };
}
