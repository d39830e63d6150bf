import { type ExpectStatic, it } from 'vitest';
import type { Size, Stage, Visit } from './stage.ts';

/** What a journey takes longer for those that are made at the same time. */
const BESIDE_OTHERS = 3;
const ADD = 'mutation ($id: ID!) { addToWatchlist(movieId: $id) { addedAt } }';

export const MOVIES: readonly string[] = ['2571', '1', '260', '296', '318', '593'];

/** Who a journey is made by. */
export class Actors {
  readonly stage: Stage;
  readonly #visits: Visit[] = [];

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Somebody who has never been here. */
  async visitor(size: Size): Promise<Visit> {
    const visit = await this.stage.visit(size);
    this.#visits.push(visit);
    return visit;
  }

  /** A guest with films on the list, the last of FILMS on top. */
  async listedGuest(size: Size): Promise<Visit> {
    const visit = await this.visitor(size);
    await visit.beGuest();
    for (const id of MOVIES) await visit.ask(ADD, { id });
    return visit;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#visits.map((visit) => visit.close()));
  }

  /** What nobody should have come upon. */
  get complaints(): string[] {
    return this.#visits.flatMap(({ complaints, moved }) => [...complaints, ...moved]);
  }
}

/** `expect` is the test's own: the global one does not know which of the tests that run beside each other is meant. */
export type Journey = (name: string, make: (by: { actors: Actors; expect: ExpectStatic }) => Promise<void>, timeoutMs: number) => void;

/** Tests that are journeys on a stage. What is wrong for whoever makes one is wrong with it: console, page errors, what moved by itself. */
export function journeysOn(stage: () => Stage): Journey {
  return (name, make, timeoutMs) =>
    it(
      name,
      async ({ expect }) => {
        const actors = new Actors(stage());
        try {
          await make({ actors, expect });
        } finally {
          await actors.leave();
          await stage().startServer();
        }
        expect(actors.complaints).toEqual([]);
      },
      timeoutMs * BESIDE_OTHERS,
    );
}
