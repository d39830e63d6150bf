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

/** The other threads of this process. */
export interface ImportSiblings {
  tell(told: ToldProgress): void;
  onTold(listener: (told: ToldProgress) => void): void;
}

/** How far the imports that run in this process are, by user. */
export class RunningImports {
  readonly #byUser = new Map<string, ImportProgress>();
  readonly #siblings: ImportSiblings | undefined;

  constructor(siblings?: ImportSiblings) {
    this.#siblings = siblings;
    siblings?.onTold(({ userId, progress }) => {
      if (progress === null) this.#byUser.delete(userId);
      else this.#byUser.set(userId, progress);
    });
  }

  /** Of several imports of one user, the one that reported last. */
  of(userId: string): ImportProgress | null {
    return this.#byUser.get(userId) ?? null;
  }

  /** Runs `work` with a function that it reports to. */
  async during<T>(userId: string, work: (report: (progress: ImportProgress) => void) => Promise<T>): Promise<T> {
    let own: ImportProgress = { phase: 'READING', done: 0, total: null };
    const report = (progress: ImportProgress): void => {
      own = progress;
      this.#byUser.set(userId, progress);
      this.#siblings?.tell({ userId, progress });
    };
    report(own);
    try {
      return await work(report);
    } finally {
      if (this.#byUser.get(userId) === own) {
        this.#byUser.delete(userId);
        this.#siblings?.tell({ userId, progress: null });
      }
    }
  }
}
