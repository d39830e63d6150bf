import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OWNER_REFUSALS } from './owner-refusals.journey.ts';
import { REFUSALS } from './refusals.journey.ts';

it('there is a journey for each mutation of the web app in which the server refuses it', () => {
  const mutations = globSync('client/src/**/*.{ts,tsx}', { exclude: ['client/src/generated/**'] }).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*mutation (\w+)/gm)].map(([, name]) => name),
  );
  expect(mutations.length).toBeGreaterThan(5);
  expect([...Object.keys(REFUSALS), ...Object.keys(OWNER_REFUSALS)].sort()).toEqual(mutations.sort());
});
