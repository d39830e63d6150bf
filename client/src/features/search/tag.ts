import type { MovieFilterInput } from '../../generated/graphql.ts';

/** A person, a keyword or a series, as the address names it. A person is TMDb's id, or a name. */
export interface Tag {
  kind: 'person' | 'keyword' | 'collection';
  value: string;
}

const FILTERS = { person: 'people', keyword: 'keywords', collection: 'collections' } as const;
const MAX_LENGTH = 200;

export function tagOf(search: URLSearchParams): Tag | undefined {
  for (const kind of ['person', 'keyword', 'collection'] as const) {
    const value = search.get(kind)?.slice(0, MAX_LENGTH);
    if (value !== undefined && value !== '') return { kind, value };
  }
  return undefined;
}

export function filterOf({ kind, value }: Tag): MovieFilterInput {
  return { [FILTERS[kind]]: [value] };
}

/** The id of a person at TMDb; undefined when the tag is something else. */
export function personIdOf({ kind, value }: Tag): number | undefined {
  return kind === 'person' && /^\d+$/.test(value) ? Number(value) : undefined;
}
