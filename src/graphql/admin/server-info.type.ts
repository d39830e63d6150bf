import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { StorageReport } from '../../accounts/administration/storage.ts';

const MEGABYTE = 1_048_576;

@ObjectType({ simpleResolvers: true, description: 'Backups that the server makes by itself.' })
export class Backups {
  @Field(() => Int, { description: 'How many are in the folder.' })
  count!: number;

  @Field(() => GraphQLDateTime, { nullable: true })
  latestAt!: Date | null;

  @Field(() => Float, { nullable: true })
  latestMegabytes!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What the server stores, and which release it is.' })
export class ServerInfo {
  constructor({ version, changes }: { version: string; changes: string }, storage: StorageReport) {
    this.version = version;
    this.changes = changes;
    this.database = storage.database;
    this.databaseMegabytes = storage.databaseBytes / MEGABYTE;
    this.freeMegabytes = storage.freeBytes === null ? null : storage.freeBytes / MEGABYTE;
    this.backupVerifiedAt = storage.backupVerifiedAt;
    const { backups } = storage;
    this.backups = backups && {
      count: backups.count,
      latestAt: backups.latestAt,
      latestMegabytes: backups.latestBytes === null ? null : backups.latestBytes / MEGABYTE,
    };
  }

  @Field(() => String, { description: 'Version of CineMatch.' })
  readonly version: string;

  @Field(() => String, { description: 'The newest part of the changelog, as Markdown.' })
  readonly changes: string;

  @Field(() => String, { description: "'sqlite' or 'postgres'." })
  readonly database: string;

  @Field(() => Float)
  readonly databaseMegabytes: number;

  @Field(() => Float, { nullable: true, description: 'Room on the disk of DATA_DIR. Null when the folder is missing.' })
  readonly freeMegabytes: number | null;

  @Field(() => Backups, { nullable: true, description: 'Null when BACKUP_EVERY is not set.' })
  readonly backups: Backups | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When a backup was restored for a test last, by any server or by the command line.',
  })
  readonly backupVerifiedAt: Date | null;
}
