import type { GraphQLError } from 'graphql';

/** The place of a value in the answer. */
export interface Path {
  prev: Path | undefined;
  key: string | number;
}

/** Errors of an answer, as graphql-js collects them: an error below a place that became null already says nothing more, and is left out. */
export class CollectedErrors {
  readonly errors: GraphQLError[] = [];
  readonly #places = new Set<Path | undefined>();

  /** `place` is the value that becomes null; undefined is the whole answer. */
  add(error: GraphQLError, place: Path | undefined): void {
    if (this.#places.has(undefined)) return;
    for (let at = place; at !== undefined; at = at.prev) if (this.#places.has(at)) return;
    this.#places.add(place);
    this.errors.push(error);
  }
}

export function pathToArray(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = at.prev) keys.push(at.key);
  return keys.reverse();
}
