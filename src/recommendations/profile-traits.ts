import type { Catalog } from '../catalog/catalog.ts';
import type { MovieIndex } from '../catalog/movie-id.ts';
import type { LibraryDependencies, Viewer } from '../library/dependencies.ts';
import { moviesWithFeedback } from '../library/feedback.ts';
import type { RowPayment } from '../library/stored-rows.ts';

export type TraitKind = 'GENRE' | 'DECADE' | 'PERSON' | 'KEYWORD';

/** Something that the movies that a viewer likes have in common. */
export interface ProfileTrait {
  kind: TraitKind;
  /** The slug of a genre, the first year of a decade, the name of a person or a keyword. */
  id: string;
  name: string;
  /** How many of the liked movies have it. */
  likes: number;
  /** How many of the disliked movies have it. */
  dislikes: number;
  /** The liked movies that have it, latest like first. */
  evidence: MovieIndex[];
}

const KINDS: readonly TraitKind[] = ['GENRE', 'DECADE', 'PERSON', 'KEYWORD'];
export const MAX_TRAITS_OF_A_KIND = 8;
export const MAX_EVIDENCE = 4;
/** What one movie has says nothing. */
const MIN_LIKES = 2;
/** Later likes say more, and reading the names of a movie takes time. */
const MAX_MOVIES = 200;
const MAX_CAST = 5;
const MAX_KEYWORDS = 30;

interface Counted extends ProfileTrait {
  /** The share of the catalog that has it. Unknown shares count as 0: people and keywords are rare. */
  share: number;
}

/**
 * The traits of a viewer's profile, for each kind at most MAX_TRAITS_OF_A_KIND, those first that stand out most: liked movies with the
 * trait, less those that as many movies of the catalog would have by chance, less the disliked ones. Only what stands out is returned.
 */
export async function profileTraits(dependencies: LibraryDependencies & RowPayment, viewer: Viewer): Promise<ProfileTrait[]> {
  const { catalog } = dependencies.snapshot;
  const considered = await moviesWithFeedback(dependencies, viewer, 'LIKE', MAX_MOVIES);
  const disliked = await moviesWithFeedback(dependencies, viewer, 'DISLIKE', MAX_MOVIES);
  const traits = new Map<string, Counted>();
  for (const movie of considered)
    for (const { kind, id, name, share } of traitsOf(catalog, movie)) {
      const key = `${kind} ${id}`;
      const trait = traits.get(key) ?? { kind, id, name, share, likes: 0, dislikes: 0, evidence: [] };
      trait.likes++;
      if (trait.evidence.length < MAX_EVIDENCE) trait.evidence.push(movie);
      traits.set(key, trait);
    }
  for (const movie of disliked)
    for (const { kind, id } of traitsOf(catalog, movie)) {
      const trait = traits.get(`${kind} ${id}`);
      if (trait !== undefined) trait.dislikes++;
    }
  const strengthOf = ({ likes, dislikes, share }: Counted): number => likes - dislikes - share * considered.length;
  const strong = [...traits.values()]
    .filter((trait) => trait.likes >= MIN_LIKES && strengthOf(trait) > 0)
    .sort((a, b) => strengthOf(b) - strengthOf(a) || (a.name < b.name ? -1 : 1));
  return KINDS.flatMap((kind) => strong.filter((trait) => trait.kind === kind).slice(0, MAX_TRAITS_OF_A_KIND)).map(
    ({ share: _share, ...trait }) => trait,
  );
}

function traitsOf(catalog: Catalog, movie: MovieIndex): { kind: TraitKind; id: string; name: string; share: number }[] {
  const year = catalog.year(movie);
  const decade = year === null ? [] : [String(Math.floor(year / 10) * 10)];
  const people = new Set([...catalog.directors(movie), ...catalog.cast(movie).slice(0, MAX_CAST)]);
  return [
    ...catalog
      .genresOf(movie)
      .map(({ id, name, movieCount }) => ({ kind: 'GENRE' as const, id, name, share: movieCount / catalog.movieCount })),
    ...decade.map((name) => ({ kind: 'DECADE' as const, id: name, name, share: 0 })),
    ...[...people].map((name) => ({ kind: 'PERSON' as const, id: name, name, share: 0 })),
    ...catalog
      .keywords(movie)
      .slice(0, MAX_KEYWORDS)
      .map((name) => ({ kind: 'KEYWORD' as const, id: name, name, share: 0 })),
  ];
}
