import type { ModelRelease } from '../artifacts/model-release.ts';
import { Bitset } from '../linalg/bitset.ts';
import { ContentScorer } from './content/content-scorer.ts';
import { ContentWorkspace } from './content/content-workspace.ts';
import { popularityTerm } from './content/popularity-term.ts';
import { profileWeights } from './content/profile-vector.ts';
import type { Contribution } from './contributions.ts';
import { type GroupRanking, type GroupRequest, rankForGroup } from './group.ts';
import { HybridScorer } from './hybrid/hybrid-scorer.ts';
import { HybridWorkspace } from './hybrid/hybrid-workspace.ts';
import { RerankedScorer, secondLookWeight } from './hybrid/reranked-scorer.ts';
import { SimilarScorer } from './hybrid/similar-scorer.ts';
import { type RecommenderModel, readRecommenderModel } from './model.ts';
import { NO_INFLUENCE, type OperatorInfluence } from './operator-influence.ts';
import type { UserProfile } from './profile.ts';
import { GenreCalibration } from './rerank/calibrate.ts';
import { type RankedRows, type Scorer, scoreAndExplain } from './scorer.ts';

export type Mode = 'FOR_YOU' | 'TRENDING' | 'DIVERSE';

export interface RankingRequest {
  profile: UserProfile;
  mode: Mode;
  /** Movies that may be shown: all filters and exclusions are applied. */
  candidates: Bitset;
  offset: number;
  limit: number;
  influence?: OperatorInfluence;
}

export interface RankedMovie {
  /** MovieIndex. */
  index: number;
  score: number;
  /** They add up to the score; largest absolute value first. */
  contributions: Contribution[];
}

export interface Ranking {
  /** Number of candidates. */
  total: number;
  movies: RankedMovie[];
}

/** Does a part of a ranking, and may measure it. */
export type TimedPart = <T>(part: 'score' | 'explain', work: () => T) => T;

const untimed: TimedPart = (_part, work) => work();

/**
 * Ranks the movies of one model. For each request it picks a scorer, takes the top k, calibrates them in DIVERSE mode, and explains the
 * scores of the page. Ratings count when the model has ratings models and the viewer has likes; otherwise content alone does.
 *
 * Order: pinned movies first, then higher score, then lower index. The same request always gives the same bits, so pages never repeat or skip a movie.
 * Synchronous, with scratch memory that lives as long as the recommender: one call at a time.
 */
export class Recommender {
  /** Whether a learned second look orders the hybrid's candidates. */
  readonly isReranked: boolean;
  readonly #model: RecommenderModel;
  readonly #content: ContentWorkspace;
  readonly #hybrid: HybridWorkspace | undefined;
  readonly #calibration: GenreCalibration;
  readonly #rows: Uint32Array;
  /** Scratch memory of the second look. Undefined: it is off, or the model has none. */
  readonly #secondLookScratch: Float64Array | undefined;

  /** `rerank` turns the second look on, where the model has one. */
  constructor(model: RecommenderModel, { rerank = false }: { rerank?: boolean } = {}) {
    this.#model = model;
    this.#content = new ContentWorkspace(model);
    this.#hybrid = model.collaborative && new HybridWorkspace(this.#content, model.collaborative);
    this.#calibration = new GenreCalibration(model);
    this.#rows = new Uint32Array(model.features.rows);
    this.isReranked = rerank && model.collaborative?.secondLook !== undefined;
    if (this.isReranked) this.#secondLookScratch = new Float64Array(model.features.rows);
  }

  /** Reads and checks the model of a release. Throws an ArtifactError when its parts do not fit together. */
  static fromRelease(release: ModelRelease, options?: { rerank?: boolean }): Recommender {
    return new Recommender(readRecommenderModel(release), options);
  }

  get movieCount(): number {
    return this.#model.features.rows;
  }

  /** Name of the config that the model was trained with. */
  get modelName(): string {
    return this.#model.config.name;
  }

  /** One entry a movie, 0 to 1; see popularity.ts. */
  get popularity(): Float32Array {
    return this.#model.popularity;
  }

  /** Whether the model has ratings models. */
  get isHybrid(): boolean {
    return this.#hybrid !== undefined;
  }

  /** `timed` does each part of the work, so that a caller can measure it. */
  recommend(
    { profile, mode, candidates, offset: first, limit, influence = NO_INFLUENCE }: RankingRequest,
    timed: TimedPart = untimed,
  ): Ranking {
    const scorer = this.#scorerFor(profile, mode, influence.boosts);
    const pinned = influence.pinned.filter((row) => candidates.has(row));
    const movies = this.#explained(scorer, pinned.slice(first, first + limit));
    const rows = withoutRows(candidates, pinned).toIndices(this.#rows);
    const total = rows.length + pinned.length;
    // The places of the others, which begin behind the pinned movies.
    const offset = Math.max(0, first - pinned.length);
    const end = first + limit - pinned.length;
    if (end <= 0) return { total, movies };
    const isDiverse = mode === 'DIVERSE';
    const { ranked, order } = timed('score', () => {
      const top = scorer.topK(rows, isDiverse ? Math.max(this.#model.config.diversity.pool, end) : end);
      return { ranked: top, order: isDiverse ? this.#calibrated(profile, top, end) : undefined };
    });
    timed('explain', () => {
      for (let place = offset; place < Math.min(end, ranked.indices.length); place++) {
        const rank = order === undefined ? place : order[place];
        const index = ranked.indices[rank];
        movies.push({ index, score: ranked.scores[rank], contributions: scorer.explain(index) });
      }
    });
    return { total, movies };
  }

  /**
   * Ranks for several members at once, each scored as in FOR_YOU without a second look. The order is exact and has the same rules as
   * `recommend`.
   */
  recommendForGroup({ profiles, ...request }: GroupRequest): GroupRanking {
    const scorers = profiles.map((profile) => this.#firstScorer(profile, 'FOR_YOU', request.influence?.boosts));
    return rankForGroup(scorers, request);
  }

  /** One movie with its score for this viewer in a mode, whether or not it may be shown. */
  scoreMovie(profile: UserProfile, index: number, mode: Mode, influence = NO_INFLUENCE): RankedMovie {
    return this.scoreMovies(profile, [index], mode, influence)[0];
  }

  /** These movies in their order, each with its score for this viewer in a mode. */
  scoreMovies(profile: UserProfile, rows: readonly number[], mode: Mode, influence = NO_INFLUENCE): RankedMovie[] {
    return this.#explained(this.#scorerFor(profile, mode, influence.boosts), rows);
  }

  /** The `limit` movies most similar to movie `index`, best first, without the movie itself and those of `excluded`. Boosts do not count. */
  similar(index: number, limit: number, excluded: readonly number[] = []): RankedMovie[] {
    const candidates = withoutRows(Bitset.full(this.movieCount), [index, ...excluded]);
    const scorer = this.#similarScorer(index);
    const { indices, scores } = scorer.topK(candidates.toIndices(this.#rows), limit);
    return Array.from(indices, (row, n) => ({ index: row, score: scores[n], contributions: scorer.explain(row) }));
  }

  /**
   * The ranks of `ranked` in the order of DIVERSE, at least `limit` of them: the first `pool` movies calibrated to the genres of the likes,
   * or of the catalog when there are none, then the others as they were.
   */
  #calibrated({ liked, likedWeights }: UserProfile, { indices, scores }: RankedRows, limit: number): Uint32Array {
    const { pool, calibration } = this.#model.config.diversity;
    const target = liked.length > 0 ? this.#calibration.sharesOf(liked, likedWeights) : this.#calibration.ofCatalog;
    const best = { indices: indices.subarray(0, pool), scores: scores.subarray(0, pool) };
    const order = Uint32Array.from(indices, (_, rank) => rank);
    order.set(this.#calibration.order(target, best, limit, calibration));
    return order;
  }

  #explained(scorer: Scorer, rows: readonly number[]): RankedMovie[] {
    if (rows.length === 0) return [];
    return scoreAndExplain(scorer, Uint32Array.from(rows)).map((movie, n) => ({ index: rows[n], ...movie }));
  }

  #scorerFor(profile: UserProfile, mode: Mode, boosts: Float64Array | undefined): Scorer {
    const scorer = this.#firstScorer(profile, mode, boosts);
    const secondLook = this.#model.collaborative?.secondLook;
    const scratch = this.#secondLookScratch;
    if (scratch === undefined || secondLook === undefined || !(scorer instanceof HybridScorer)) return scorer;
    return secondLookWeight(profile.familiar) === 0 ? scorer : new RerankedScorer(scorer, secondLook, scratch);
  }

  /** The scorer before the second look. */
  #firstScorer(profile: UserProfile, mode: Mode, boosts: Float64Array | undefined): Scorer {
    const { forYou, trending, withoutTaste: withoutProfile } = this.#model.config.popularity;
    const isTrending = mode === 'TRENDING';
    if (this.#hybrid !== undefined && profile.liked.length > 0)
      return new HybridScorer(this.#hybrid, profile, isTrending ? trending - forYou : 0, boosts);
    const isUnknown = profileWeights(this.#model, profile).average > 0;
    const weight = isTrending ? trending : isUnknown ? withoutProfile : forYou;
    const term = popularityTerm(this.#model.popularity, weight, trending - forYou, profile.familiar);
    return new ContentScorer(this.#content, profile, term.weight, term.values, boosts);
  }

  #similarScorer(index: number): Scorer {
    if (this.#hybrid !== undefined) return new SimilarScorer(this.#hybrid, index);
    return new ContentScorer(this.#content, { liked: [index], disliked: [], genres: [] }, this.#model.config.popularity.similar);
  }
}

function withoutRows(set: Bitset, rows: readonly number[]): Bitset {
  if (rows.length === 0) return set;
  const rest = set.clone();
  for (const row of rows) rest.delete(row);
  return rest;
}
