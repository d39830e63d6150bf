import type { MessagePort, Worker } from 'node:worker_threads';

/** What one side of a link can be asked: each takes one argument, which can be cloned, and so can its answer. */
// biome-ignore lint/suspicious/noExplicitAny: each side names its own types
export type Questions = Record<string, (argument: any) => unknown>;

type Message =
  | { kind: 'question'; id: number; name: string; argument: unknown }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'failure'; id: number; error: unknown };

/** Two threads that ask each other. Several questions may be open at once. */
export class Link<Theirs extends Questions> {
  readonly #port: { postMessage(message: unknown): void };
  readonly #open = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;
  #broken: Error | undefined;

  /** `own` answers the questions of the other side. */
  constructor(port: Worker | MessagePort, own: Questions) {
    this.#port = port;
    port.on('message', (message: Message) => {
      if (message.kind === 'question') void this.#answer(own, message);
      else this.#settle(message);
    });
  }

  ask<Name extends keyof Theirs & string>(name: Name, argument: Parameters<Theirs[Name]>[0]): Promise<Awaited<ReturnType<Theirs[Name]>>>;
  ask(name: string, argument: unknown): Promise<unknown> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    const answer = Promise.withResolvers<unknown>();
    const id = ++this.#lastId;
    this.#open.set(id, answer);
    this.#send({ kind: 'question', id, name, argument });
    return answer.promise;
  }

  /** The other side is gone: open and later questions fail. */
  break(reason: Error): void {
    this.#broken = reason;
    for (const { reject } of this.#open.values()) reject(reason);
    this.#open.clear();
  }

  async #answer(own: Questions, { id, name, argument }: Extract<Message, { kind: 'question' }>): Promise<void> {
    try {
      this.#send({ kind: 'answer', id, value: await own[name]?.(argument) });
    } catch (error) {
      this.#send({ kind: 'failure', id, error });
    }
  }

  #settle(message: Exclude<Message, { kind: 'question' }>): void {
    const open = this.#open.get(message.id);
    this.#open.delete(message.id);
    if (message.kind === 'answer') open?.resolve(message.value);
    else open?.reject(message.error);
  }

  #send(message: Message): void {
    this.#port.postMessage(message);
  }
}
