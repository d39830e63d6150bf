import { type DocumentNode, Kind, OperationTypeNode } from 'graphql';
import { expect, it } from 'vitest';
import * as generated from '../src/generated/graphql.ts';
import { OWNER_REFUSALS } from './owner-refusals.journey.ts';
import { REFUSALS } from './refusals.journey.ts';

it('there is a journey for each mutation of the web app in which the server refuses it', () => {
  // Every operation of the app is generated from its source, however it is written there.
  const documents = Object.values(generated) as Partial<DocumentNode>[];
  const mutations = documents
    .flatMap(({ definitions = [] }) => definitions)
    .flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION ? [one.name?.value] : []));
  expect(mutations.length).toBeGreaterThan(5);
  expect([...Object.keys(REFUSALS), ...Object.keys(OWNER_REFUSALS)].sort()).toEqual(mutations.sort());
});
