import type { AppliedFilters_ConnectionFragment } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import type { AppliedRuntime, MovieFilters } from './movie-filters.ts';

export const AppliedFilters_connection = graphql(`
  fragment AppliedFilters_connection on RecommendationConnection {
    appliedFilters {
      services {
        id
        name
      }
      languages
      runtimeMin
      runtimeMax
    }
  }
`);

/** The filters of the list that is shown, as the server applied them. */
export interface ServedFilters extends AppliedRuntime {
  services: readonly { id: string; name: string }[];
  languages: readonly string[];
}

/**
 * The server's answer belongs to the filters it was asked with. While another answer is awaited its lengths say nothing: which bound of
 * the profile still holds beside the new ones is the server's rule.
 */
export function servedFilters(
  { appliedFilters: { services, languages, runtimeMin, runtimeMax } }: AppliedFilters_ConnectionFragment,
  asked: MovieFilters,
  shown: MovieFilters,
): ServedFilters {
  const isCurrent = asked.runtimeMin === shown.runtimeMin && asked.runtimeMax === shown.runtimeMax;
  return {
    services,
    languages,
    runtimeMin: isCurrent ? (runtimeMin ?? null) : null,
    runtimeMax: isCurrent ? (runtimeMax ?? null) : null,
  };
}
