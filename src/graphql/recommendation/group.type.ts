import { Extensions, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { MovieIndex } from '../../catalog/movie-id.ts';
import { MAX_IDS } from '../../list-caps.ts';
import { MAX_PARTS } from '../../recommendations/explanation.ts';
import { MAX_MEMBERS } from '../../recommendations/group-recommendations.ts';
import { PageInfo } from '../paging/page-info.type.ts';
import { ExplanationPart } from './explanation-part.type.ts';
import type { Reason } from './recommendation.type.ts';

@ObjectType({ simpleResolvers: true, description: 'The score of a movie for one member of a group, and the reasons for it.' })
export class MemberReason {
  @Field(() => Int, { description: 'The position of the member in `members`, from 0.' })
  readonly member!: number;

  @Field(() => Float, { description: 'The score for this member alone; comparable within one list only.' })
  readonly score!: number;

  @Field(() => Float, {
    description:
      "The member's part of the group's score; the parts of all members add up to it. With LEAST_MISERY the member with the lowest score\nhas all of it.",
  })
  readonly contribution!: number;

  @Field(() => String, { description: "One sentence for this member, e.g. 'Because you liked Alien · Sci-Fi'." })
  readonly explanation!: string;

  @Field(() => [ExplanationPart], { description: '`explanation` in parts, for a client that writes it in another language.' })
  @Extensions({ listLength: MAX_PARTS })
  readonly explanationParts!: ExplanationPart[];

  readonly topReasons!: (count: number) => Reason[];
}

@ObjectType({ simpleResolvers: true, description: 'A movie for a group, with the reasons for each member.' })
export class GroupRecommendation {
  readonly movieIndex!: MovieIndex;

  @Field(() => Float, { description: 'Comparable within one list only; higher is better.' })
  readonly score!: number;

  @Field(() => Boolean, { description: 'Whether a rule of the operator puts the movie first, whatever its score is.' })
  readonly pinned!: boolean;

  @Field(() => [MemberReason], { description: 'One entry for each member, in the order of `members`.' })
  @Extensions({ listLength: { argument: 'members', of: 'ancestor' } })
  readonly members!: MemberReason[];
}

@ObjectType({ simpleResolvers: true })
export class GroupRecommendationEdge {
  @Field(() => String, { description: 'Pass it as `after` to get the recommendations after this one.' })
  cursor!: string;

  @Field(() => GroupRecommendation)
  node!: GroupRecommendation;
}

@ObjectType({ simpleResolvers: true, description: 'A page of recommendations for a group.' })
export class GroupRecommendationConnection {
  @Field(() => [GroupRecommendationEdge])
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  edges!: GroupRecommendationEdge[];

  @Field(() => [GroupRecommendation], { description: 'The recommendations without their cursors.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  nodes!: GroupRecommendation[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many movies pass the filters of every member.' })
  totalCount!: number;

  @Field(() => [ID], { description: 'Ids in the preferences of the members that the catalog does not have. They make no difference.' })
  @Extensions({ listLength: 3 * MAX_IDS * MAX_MEMBERS })
  ignoredMovieIds!: string[];
}
