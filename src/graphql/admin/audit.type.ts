import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../paging/page-info.type.ts';

@ObjectType({ simpleResolvers: true, description: 'Something that an admin did.' })
export class AuditEntry {
  @Field(() => ID)
  id!: string;

  @Field(() => GraphQLDateTime)
  at!: Date;

  @Field(() => String, { description: "The e-mail address of the admin, 'command line', or 'groups of the sign-in'." })
  actor!: string;

  @Field(() => String, { description: "E.g. 'account.disable'." })
  action!: string;

  @Field(() => String, { description: 'What it was done to: the address of an account, a version, a rule.' })
  subject!: string;

  @Field(() => String, { description: 'More about it; may be empty.' })
  detail!: string;

  @Field(() => String, { description: 'Network address of the admin. Empty when no account acted.' })
  address!: string;
}

@ObjectType({ simpleResolvers: true })
export class AuditEdge {
  @Field(() => String, { description: 'Pass it as `after` to get the older entries.' })
  cursor!: string;

  @Field(() => AuditEntry)
  node!: AuditEntry;
}

@ObjectType({ simpleResolvers: true, description: 'A page of the audit log, latest first.' })
export class AuditConnection {
  @Field(() => [AuditEdge])
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  edges!: AuditEdge[];

  @Field(() => [AuditEntry], { description: 'The entries without their cursors.' })
  @Extensions({ listLength: { argument: 'first', of: 'ancestor' } })
  nodes!: AuditEntry[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int)
  totalCount!: number;
}
