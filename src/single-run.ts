/** Work whose runs never overlap. Who asks for a run during one gets another one after it. */
export class SingleRun {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  /** `work` must not reject. */
  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Runs now. */
  wake(): void {
    if (this.#stopped) return;
    if (this.#running !== undefined) {
      this.#again = true;
      return;
    }
    this.#running = this.#work().finally(() => {
      this.#running = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.wake();
    });
  }

  /** Resolves when everything that was asked for until now is done. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Ends after the run that goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }
}
