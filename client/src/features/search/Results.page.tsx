import { Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { RecentSearches } from './RecentSearches.tsx';
import { preloadSearch, SearchResults, searchOf } from './SearchResults.tsx';
import { preloadTagged, TaggedMovies } from './TaggedMovies.tsx';
import { tagOf } from './tag.ts';

export async function preload({ searchParams }: URL): Promise<unknown> {
  if (searchOf(searchParams) !== '') return preloadSearch(searchParams);
  const tag = tagOf(searchParams);
  return tag === undefined ? undefined : preloadTagged(searchParams, tag);
}

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Results />
    </Suspense>
  );
}

/** What a search found, or the films of a person, a keyword or a series. Without either: the last searches. */
function Results() {
  const [search] = useSearchParams();
  const query = searchOf(search);
  const tag = tagOf(search);
  if (query !== '') return <SearchResults key={query} query={query} />;
  return tag === undefined ? <RecentSearches /> : <TaggedMovies key={`${tag.kind} ${tag.value}`} tag={tag} />;
}
