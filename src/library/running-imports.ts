/** READING: the files. MATCHING: rows with movies. WRITING: changes. */
export type ImportPhase = 'READING' | 'MATCHING' | 'WRITING';

export interface ImportProgress {
  phase: ImportPhase;
  /** Rows that were read, rows that were matched, or changes that were written. */
  done: number;
  /** Null while it is not known. */
  total: number | null;
}

/** How far the imports that run in this process are, by user. */
export class RunningImports {
  readonly #byUser = new Map<string, ImportProgress>();

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
    };
    report(own);
    try {
      return await work(report);
    } finally {
      if (this.#byUser.get(userId) === own) this.#byUser.delete(userId);
    }
  }
}
