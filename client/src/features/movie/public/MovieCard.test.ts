import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import * as generated from '../../../generated/graphql.ts';

/** The names of the fragments that an operation asks for at each of its paths, as "recommendations.edges.node". */
type Spreads = Map<string, Set<string>>;

const CARD = 'MovieCard_recommendation';
const REACTIONS = 'CardReactions_movie';
/** It is watched and never sent: HomeList is fetched in its place. */
const WATCHED = 'ShownList';

const documents = Object.values(generated).filter(isDocument);
const operations = documents.flatMap((document) =>
  document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? [{ name: definition.name?.value ?? '', spreads: spreadsOf(document, definition.selectionSet) }]
      : [],
  ),
);
const withCards = operations.filter(({ spreads }) => [...spreads.values()].some((names) => names.has(CARD)));

describe('queries of movie cards', () => {
  it('are these', () => {
    expect(withCards.map(({ name }) => name).toSorted()).toEqual([
      'HomeList',
      'MoviePage',
      'RankedRail',
      'RankedWatchlist',
      'ShownList',
      'SimilarRail',
    ]);
  });

  it.each(withCards.filter(({ name }) => name !== WATCHED))('$name asks for the reactions to each movie that has a card', ({ spreads }) => {
    const cards = [...spreads].filter(([, names]) => names.has(CARD)).map(([path]) => path);
    expect(cards).toHaveLength(1);
    expect(spreads.get(`${cards[0]}.movie`)).toContain(REACTIONS);
  });

  it('the home page fetches what it watches, and the reactions', () => {
    const [watched, fetched] = [WATCHED, 'HomeList'].map((sought) => {
      const spreads = operations.find(({ name }) => name === sought)?.spreads ?? new Map<string, Set<string>>();
      return [...spreads].flatMap(([path, names]) => [...names].map((name) => `${path}: ${name}`));
    });
    expect(watched.length).toBeGreaterThan(5);
    expect(watched.filter((spread) => !fetched.includes(spread))).toEqual([]);
    expect(watched.filter((spread) => spread.endsWith(REACTIONS))).toEqual([]);
    expect(fetched).toContain(`recommendations.edges.node.movie: ${REACTIONS}`);
  });
});

function isDocument(value: unknown): value is DocumentNode {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === Kind.DOCUMENT;
}

function spreadsOf({ definitions }: DocumentNode, selections: SelectionSetNode): Spreads {
  const fragments = new Map(
    definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const spreads: Spreads = new Map();
  const walk = (set: SelectionSetNode, path: readonly string[]): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD && selection.selectionSet !== undefined)
        walk(selection.selectionSet, [...path, (selection.alias ?? selection.name).value]);
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, path);
      if (selection.kind !== Kind.FRAGMENT_SPREAD) continue;
      const fragment = fragments.get(selection.name.value);
      if (fragment === undefined) throw new Error(`${selection.name.value} is not in the document`);
      const at = path.join('.');
      spreads.set(at, (spreads.get(at) ?? new Set()).add(selection.name.value));
      walk(fragment.selectionSet, path);
    }
  };
  walk(selections, []);
  return spreads;
}
