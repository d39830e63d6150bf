import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { REFUSALS } from './refusals.journey.ts';

/** Mutations of the owner's pages, which show nothing before the server has answered. Their journeys of refusal are to be written. */
const OWNER = [
  'CreateInvitation',
  'CreatePasswordResetLink',
  'DeleteAccount',
  'DisableAccount',
  'EnableAccount',
  'PublishVersion',
  'RevokeInvitation',
  'RollBackCatalog',
  'SetAccountRole',
  'SetRegistration',
  'SignOutAccount',
];

it('there is a journey for each mutation of the web app in which the server refuses it', () => {
  const mutations = globSync('client/src/**/*.{ts,tsx}', { exclude: ['client/src/generated/**'] }).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*mutation (\w+)/gm)].map(([, name]) => name),
  );
  expect(mutations.length).toBeGreaterThan(5);
  expect([...Object.keys(REFUSALS), ...OWNER].sort()).toEqual(mutations.sort());
});
