import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { type KeptReleases, MAX_VERSIONS, type KeptRelease as Release } from '../../recommendations/release-shelf.ts';

/** Profile sizes that a version is measured with. */
const MAX_FIGURES = 20;

@ObjectType({ simpleResolvers: true, description: 'How good a version ranks movies for people whom it did not learn from.' })
export class QualityFigure {
  @Field(() => String, { description: "Number of likes that the model knew, or 'all'." })
  likes!: string;

  @Field(() => Float, { description: 'NDCG@100, from 0 to 1.' })
  ndcg!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A version of the catalog that the server keeps.' })
export class KeptVersion {
  constructor(release: Release, published: string | null, served: string) {
    this.version = release.version;
    this.dataset = release.dataset;
    this.builtAt = release.builtAt;
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

  @Field(() => GraphQLDateTime, { description: 'When it was trained: the age of the data.' })
  readonly builtAt: Date;

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

@ObjectType({ simpleResolvers: true, description: 'The versions of the catalog.' })
export class CatalogAdmin {
  constructor({ releases, published, publishedAt, previous }: KeptReleases, served: string) {
    this.versions = releases.map((release) => new KeptVersion(release, published, served));
    this.publishedAt = publishedAt;
    this.previous = previous;
  }

  @Field(() => [KeptVersion], { description: 'Finished versions that are kept, newest first. At most 100.' })
  @Extensions({ listLength: MAX_VERSIONS })
  readonly versions: KeptVersion[];

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the current version was published.' })
  readonly publishedAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'The version that `rollBackCatalog` publishes.' })
  readonly previous: string | null;
}
