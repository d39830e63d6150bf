import { ArtifactError } from '../../artifacts/artifact-error.ts';
import type { ModelRelease } from '../../artifacts/model-release.ts';
import type { SectionArray } from '../../artifacts/section-file.ts';
import { strideOf } from '../../linalg/short-rows.ts';
import { CoLikesModel } from './co-likes-model.ts';
import { FactorModel, type FoldIn } from './factor-model.ts';
import type { ItemItemModel } from './item-item-model.ts';
import { itemItemSections, readItemItem } from './item-item-sections.ts';

/** The models that were trained on ratings. Row i of each is the movie with MovieIndex i. */
export interface CollaborativeModel {
  /** EASE with the hyper-parameters for viewers with many likes. */
  ease: ItemItemModel;
  /** EASE with the hyper-parameters for viewers with few likes. */
  sparseProfileEase: ItemItemModel;
  /** Implicit-feedback matrix factorization. */
  factors: FactorModel;
  /** Popularity among the likes of the ratings: ln(1 + likes) / ln(1 + most likes), 0 to 1. */
  popularity: Float32Array;
  /** Conditional co-occurrence. Undefined in a release of before it. */
  coLikes?: CoLikesModel | undefined;
  /** Likes of each movie in the ratings. The pipeline needs them to move the models to another catalog. Undefined in an older release. */
  likeCounts?: Uint32Array | undefined;
}

/** The models as sections named `taste.*`. */
export function collaborativeSections({
  ease,
  sparseProfileEase,
  factors,
  popularity,
  coLikes,
  likeCounts,
}: CollaborativeModel): Record<string, SectionArray> {
  return {
    ...itemItemSections('taste.ease', ease),
    ...itemItemSections('taste.fewLikes', sparseProfileEase),
    'taste.factors': factors.vectors.values,
    'taste.scales': factors.vectors.scales,
    'taste.gram': factors.foldIn.gram,
    'taste.popularity': popularity,
    ...(likeCounts && { 'taste.likes': likeCounts }),
    ...(coLikes && {
      ...itemItemSections('taste.coLikes', coLikes.weights),
      'taste.coLikes.prior': coLikes.prior,
      'taste.coLikes.share': coLikes.share,
    }),
  };
}

/**
 * The models of a verified release, with the fold-in settings of its manifest. Throws an ArtifactError when the sections do not fit
 * together.
 */
export function readCollaborativeModel(release: ModelRelease, foldIn: Omit<FoldIn, 'gram'>): CollaborativeModel {
  const movies = release.manifest.movieCount;
  const { dimensions } = foldIn;
  const values = release.get('taste.factors', 'i16');
  const expected = movies * strideOf(dimensions);
  if (values.length !== expected) throw new ArtifactError(`section taste.factors: ${values.length} entries, expected ${expected}`);
  const vectors = { columns: dimensions, values, scales: readNumbers(release, 'taste.scales', movies) };
  if (vectors.scales.some((scale) => scale < 0)) throw new ArtifactError('section taste.scales: holds a number below 0');
  const gram = readNumbers(release, 'taste.gram', dimensions ** 2);
  return {
    ease: readItemItem(release, 'taste.ease', movies),
    sparseProfileEase: readItemItem(release, 'taste.fewLikes', movies),
    factors: new FactorModel({ ...foldIn, gram }, vectors),
    popularity: readNumbers(release, 'taste.popularity', movies),
    coLikes: release.has('taste.coLikes.prior') ? readCoLikes(release, movies) : undefined,
    likeCounts: release.has('taste.likes') ? readCounts(release, movies) : undefined,
  };
}

function readCoLikes(release: ModelRelease, movies: number): CoLikesModel {
  return new CoLikesModel(
    readItemItem(release, 'taste.coLikes', movies),
    readNumbers(release, 'taste.coLikes.prior', movies),
    readNumbers(release, 'taste.coLikes.share', movies),
  );
}

function readCounts(release: ModelRelease, expected: number): Uint32Array {
  const counts = release.get('taste.likes', 'u32');
  if (counts.length !== expected) throw new ArtifactError(`section taste.likes: ${counts.length} entries, expected ${expected}`);
  return counts;
}

function readNumbers(release: ModelRelease, name: string, expected: number): Float32Array {
  const section = release.get(name, 'f32');
  if (section.length !== expected) throw new ArtifactError(`section ${name}: ${section.length} entries, expected ${expected}`);
  if (!section.every(Number.isFinite)) throw new ArtifactError(`section ${name}: holds a number that is not finite`);
  return section;
}
