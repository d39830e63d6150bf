/** What every room reports. Each label has few values: none is text that a caller chose. */
export interface Metrics {
  /** One GraphQL operation, answered: its field at the top level and its error code, or OK. */
  operation(operation: string, code: string, seconds: number): void;
  /** One HTTP request, answered; `route` is the pattern of its address. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** One ranking, computed. */
  ranked(kind: 'recommendations' | 'similar' | 'group', seconds: number): void;
  /** One page of a ranking, by where it came from. */
  cachePage(layer: string): void;
  /** One command that was sent to Redis. */
  redisCommand(command: string, outcome: RedisOutcome, seconds: number): void;
  /** One SQL statement that was sent. */
  databaseStatement(statement: SqlStatement): void;
  /** One failed attempt to sign in. */
  signInFailed(reason: 'password' | 'delayed' | 'provider'): void;
  /** One attempt to send a mail, or one that was given up. */
  mail(outcome: MailOutcome): void;
  /** One heavy operation that got its turn. */
  heavyWaited(seconds: number): void;
  /** One request over a rate limit, or a heavy one that found the queue full. */
  refused(rule: string): void;
  /** Does one part of a request. A trace shows it; without traces this only calls `work`. */
  span<T>(part: RequestPart, work: () => T): T;
}

export type RequestPart = 'graphql' | 'recommend' | 'profile' | 'rank' | 'candidates' | 'score' | 'explain' | 'read import';

export type RedisOutcome = 'answered' | 'failed' | 'late' | 'full';

export type MailOutcome = 'sent' | 'failed' | 'refused' | 'expired';

export interface SqlStatement {
  sql: string;
  ms: number;
  failed: boolean;
}
