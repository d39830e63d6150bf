/** Whether something may be tried now. */
export interface AttemptVerdict {
  allowed: boolean;
  retryAfterSeconds: number;
}

/** Bounds of guessing passwords and of making guests. */
export interface AttemptLimits {
  /** Counts a password that somebody offers for the account, before it is checked. */
  passwordOffered(account: string): AttemptVerdict | Promise<AttemptVerdict>;
  /** The password was right: takes it out of the count. */
  passwordWasRight(account: string): void;
  /** Counts a guest that a caller at this address makes. */
  guestMade(address: string): AttemptVerdict | Promise<AttemptVerdict>;
}
