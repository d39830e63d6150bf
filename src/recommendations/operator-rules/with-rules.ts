import type { MovieIndex } from '../../catalog/movie-id.ts';
import { Bitset } from '../../engine/linalg/bitset.ts';
import type { Snapshot } from '../snapshot.ts';
import { type AppliedRules, rulesVersion } from './applied-rules.ts';
import type { OperatorRule } from './operator-rule.ts';

/**
 * The snapshot under these rules. A hidden movie is as if the catalog did not have it. Rules about what this version of the catalog lacks
 * change nothing. `base` must have no rules.
 */
export function withRules(base: Snapshot, rules: readonly OperatorRule[]): Snapshot {
  if (rules.length === 0) return base;
  const rowsOf = (effect: 'HIDE' | 'PIN'): MovieIndex[] => {
    const rows = rules.flatMap(
      (rule) => (rule.effect === effect && rule.movieId !== null ? base.catalog.indexOf(rule.movieId) : undefined) ?? [],
    );
    return [...new Set(rows)];
  };
  const hidden = rowsOf('HIDE').sort((a, b) => a - b);
  const applied: AppliedRules = {
    version: rulesVersion(rules),
    hidden,
    pinned: rowsOf('PIN').filter((row) => !hidden.includes(row)),
    boosts: boostsOf(base, rules),
  };
  if (hidden.length === 0) return { ...base, rules: applied };
  const set = Bitset.of(base.catalog.size, hidden);
  return { ...base, catalog: base.catalog.hiding(set), filters: base.filters.hiding(set), rules: applied };
}

/** The strengths of all rules about the genres and services of each movie. Undefined without such rules. */
function boostsOf({ catalog, filters }: Snapshot, rules: readonly OperatorRule[]): Float64Array | undefined {
  let boosts: Float64Array | undefined;
  for (const { effect, genre, service, strength } of rules) {
    if (effect !== 'BOOST') continue;
    const label = genre === null ? undefined : catalog.genres.find(genre);
    const place = service === null ? undefined : catalog.services.find(service);
    const movies = label !== undefined ? filters.withGenre(label.index) : place && filters.onService(place.index);
    if (movies === undefined) continue;
    boosts ??= new Float64Array(catalog.size);
    for (const row of movies.toIndices()) boosts[row] += strength;
  }
  return boosts;
}
