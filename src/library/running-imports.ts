/** READING: the files. MATCHING: rows with movies. WRITING: changes. */
export type ImportPhase = 'READING' | 'MATCHING' | 'WRITING';

export interface ImportProgress {
  phase: ImportPhase;
  /** Rows that were read, rows that were matched, or changes that were written. */
  done: number;
  /** Null while it is not known. */
  total: number | null;
}

/** How an import of a user goes on in one thread; null when it is over. */
export interface ToldProgress {
  userId: string;
  progress: ImportProgress | null;
}

export interface ThreadProgress {
  /** Which thread imports. A thread that replaces another has another id. */
  threadId: number;
  /** Null when the thread has ended, and its imports with it. */
  told: ToldProgress | null;
}

/** The other threads of this process. */
export interface ImportSiblings {
  tell(told: ToldProgress): void;
  onTold(listener: (progress: ThreadProgress) => void): void;
}

/** How far the imports that run in this process are, by user. */
export class RunningImports {
  /** `threadId` is that of another thread, undefined for this one. */
  readonly #byUser = new Map<string, { progress: ImportProgress; threadId: number | undefined }>();
  readonly #siblings: ImportSiblings | undefined;

  constructor(siblings?: ImportSiblings) {
    this.#siblings = siblings;
    siblings?.onTold(({ threadId, told }) => {
      if (told === null) this.#forget(threadId);
      else if (told.progress === null) this.#byUser.delete(told.userId);
      else this.#byUser.set(told.userId, { progress: told.progress, threadId });
    });
  }

  /** Of several imports of one user, the one that reported last. */
  of(userId: string): ImportProgress | null {
    return this.#byUser.get(userId)?.progress ?? null;
  }

  /** Runs `work` with a function that it reports to. */
  async during<T>(userId: string, work: (report: (progress: ImportProgress) => void) => Promise<T>): Promise<T> {
    let own: ImportProgress = { phase: 'READING', done: 0, total: null };
    const report = (progress: ImportProgress): void => {
      own = progress;
      this.#byUser.set(userId, { progress, threadId: undefined });
      this.#siblings?.tell({ userId, progress });
    };
    report(own);
    try {
      return await work(report);
    } finally {
      if (this.of(userId) === own) {
        this.#byUser.delete(userId);
        this.#siblings?.tell({ userId, progress: null });
      }
    }
  }

  /** The imports of a thread that has ended are over. */
  #forget(threadId: number): void {
    for (const [userId, running] of this.#byUser) if (running.threadId === threadId) this.#byUser.delete(userId);
  }
}
