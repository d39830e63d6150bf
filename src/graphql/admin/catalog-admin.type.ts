import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { type DataAge, type LastRefresh, MAX_REFRESH_LOG_LINES } from '../../recommendations/refresh-watch.ts';
import { type KeptReleases, MAX_VERSIONS, type KeptRelease as Release } from '../../recommendations/release-shelf.ts';
import { CatalogRefresh } from '../catalog/catalog.type.ts';

/** Profile sizes that a version is measured with. */
const MAX_FIGURES = 20;
const MAX_SKIPPED = 20;

@ObjectType({ simpleResolvers: true, description: 'How good a version ranks movies for people whom it did not learn from.' })
export class QualityFigure {
  @Field(() => String, { description: "Number of likes that the model knew, or 'all'." })
  likes!: string;

  @Field(() => Float, { description: 'NDCG@100, from 0 to 1.' })
  ndcg!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A version of the catalog that the server keeps.' })
export class KeptVersion {
  constructor(release: Release, published: string | null, served: string, refresh: DataAge) {
    this.version = release.version;
    this.dataset = release.dataset;
    this.builtAt = release.builtAt;
    this.dataAt = refresh.dataTime(release);
    this.movieCount = release.movieCount;
    this.model = release.isHybrid ? 'hybrid' : 'content';
    this.megabytes = release.bytes / 1_048_576;
    this.protocol = release.protocol;
    this.quality = Object.entries(release.ndcg)
      .map(([likes, ndcg]) => ({ likes, ndcg }))
      .slice(0, MAX_FIGURES);
    this.isPublished = release.version === published;
    this.isServed = release.version === served;
  }

  @Field(() => ID)
  readonly version: string;

  @Field(() => String, { description: "Where the data came from, e.g. 'sample' or 'ml-32m + TMDb'." })
  readonly dataset: string;

  @Field(() => GraphQLDateTime, { description: 'When it was trained.' })
  readonly builtAt: Date;

  @Field(() => GraphQLDateTime, { description: 'When its data was last known to be that of TMDb: the age of the data.' })
  readonly dataAt: Date;

  @Field(() => Int)
  readonly movieCount: number;

  @Field(() => String, { description: "'content' or 'hybrid'." })
  readonly model: string;

  @Field(() => Float, { description: 'Size on disk.' })
  readonly megabytes: number;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the measurement. Figures of the same one can be compared. Null: not measured.',
  })
  readonly protocol: string | null;

  @Field(() => [QualityFigure])
  @Extensions({ listLength: MAX_FIGURES })
  readonly quality: QualityFigure[];

  @Field(() => Boolean, { description: 'Whether servers should serve it.' })
  readonly isPublished: boolean;

  @Field(() => Boolean, { description: 'Whether the server that answers serves it.' })
  readonly isServed: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'The last refresh, with what only the owner may know.' })
export class RefreshReport extends CatalogRefresh {
  constructor(last: LastRefresh) {
    super(last);
    this.succeededAt = last.succeededAt === null ? null : new Date(last.succeededAt);
    this.nextAt = last.nextAt === null ? null : new Date(last.nextAt);
    this.seconds = last.seconds;
    this.failedStep = last.failedStep;
    this.error = last.error;
    this.skipped = last.skipped.slice(0, MAX_SKIPPED);
    this.log = last.log.slice(-MAX_REFRESH_LOG_LINES);
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the last refresh ended that did not fail.' })
  readonly succeededAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Null when `refresh` does not repeat by itself.' })
  readonly nextAt: Date | null;

  @Field(() => Float, { nullable: true, description: 'How long it took.' })
  readonly seconds: number | null;

  @Field(() => String, { nullable: true, description: "The step that failed: 'fetch', 'merge', 'train' or 'publish'." })
  readonly failedStep: string | null;

  @Field(() => String, { nullable: true, description: 'Why it failed, and what to do.' })
  readonly error: string | null;

  @Field(() => [String], { description: 'Steps that were left out, and why.' })
  @Extensions({ listLength: MAX_SKIPPED })
  readonly skipped: string[];

  @Field(() => [String], { description: 'The last lines of its log.' })
  @Extensions({ listLength: MAX_REFRESH_LOG_LINES })
  readonly log: string[];
}

@ObjectType({ simpleResolvers: true, description: 'The versions of the catalog.' })
export class CatalogAdmin {
  constructor({ releases, published, publishedAt, previous }: KeptReleases, served: string, refresh: DataAge) {
    this.versions = releases.map((release) => new KeptVersion(release, published, served, refresh));
    this.publishedAt = publishedAt;
    this.previous = previous;
    this.refresh = refresh.current === null ? null : new RefreshReport(refresh.current);
  }

  @Field(() => [KeptVersion], { description: 'Finished versions that are kept, newest first. At most 100.' })
  @Extensions({ listLength: MAX_VERSIONS })
  readonly versions: KeptVersion[];

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the current version was published.' })
  readonly publishedAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'The version that `rollBackCatalog` publishes.' })
  readonly previous: string | null;

  @Field(() => RefreshReport, { nullable: true, description: 'Null when the catalog was never refreshed.' })
  readonly refresh: RefreshReport | null;
}
