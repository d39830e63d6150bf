import type { AppliedFilters_ConnectionFragment } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import type { AppliedRuntime, MovieFilters } from './movie-filters.ts';

export const AppliedFilters_connection = graphql(`
  fragment AppliedFilters_connection on RecommendationConnection {
    appliedFilters {
      genres {
        id
        name
      }
      services {
        id
        name
      }
      languages
      runtimeMin
      runtimeMax
      familiar
    }
  }
`);

/** The filters that the server applied to the shown list. */
export interface ServedFilters extends AppliedRuntime {
  genres: readonly { id: string; name: string }[];
  services: readonly { id: string; name: string }[];
  languages: readonly string[];
  familiar: number;
}

/**
 * The server's answer belongs to the filters of its request. While the next answer is pending, its runtimes are dropped: only the server
 * knows which bounds of the profile apply together with the new filters.
 */
export function servedFilters(
  { appliedFilters: { genres, services, languages, runtimeMin, runtimeMax, familiar } }: AppliedFilters_ConnectionFragment,
  requested: MovieFilters,
  shown: MovieFilters,
): ServedFilters {
  const isCurrent = requested.runtimeMin === shown.runtimeMin && requested.runtimeMax === shown.runtimeMax;
  return {
    genres,
    services,
    languages,
    familiar,
    runtimeMin: isCurrent ? (runtimeMin ?? null) : null,
    runtimeMax: isCurrent ? (runtimeMax ?? null) : null,
  };
}
