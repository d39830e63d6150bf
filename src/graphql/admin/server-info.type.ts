import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { MailReport } from '../../accounts/administration/server-state.ts';
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

@ObjectType({ simpleResolvers: true, description: 'The mail that the server sends.' })
export class MailState implements MailReport {
  @Field(() => Int, { description: 'How many mails wait.' })
  waiting!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When a mail was sent last.' })
  sentAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the last attempt failed that did.' })
  failedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why that attempt failed.' })
  failure!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What the server stores, and which release it is.' })
export class ServerInfo {
  constructor({ version, changes }: { version: string; changes: string }, storage: StorageReport, mail: MailReport | null) {
    this.mail = mail;
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

  @Field(() => MailState, { nullable: true, description: 'Null when SMTP_URL is not set.' })
  readonly mail: MailState | null;
}
