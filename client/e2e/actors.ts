import { type ExpectStatic, it } from 'vitest';
import type { Look, Size, Stage, Visit } from './stage.ts';

/** Journeys run beside each other on few cores, so their time limits are multiplied by this. */
const BESIDE_OTHERS = 3;
const ADD = 'mutation ($id: ID!) { addToWatchlist(movieId: $id) { addedAt } }';

export const MOVIES: readonly string[] = ['2571', '1', '260', '296', '318', '593'];

/** The visitors of one journey. */
export class Actors {
  readonly stage: Stage;
  readonly #visits: Visit[] = [];

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** A visitor without a session. */
  async visitor(size: Size, look?: Look): Promise<Visit> {
    const visit = await this.stage.visit(size, look);
    this.#visits.push(visit);
    return visit;
  }

  /** A guest whose watchlist holds MOVIES, the last one on top. */
  async listedGuest(size: Size, look?: Look): Promise<Visit> {
    const visit = await this.visitor(size, look);
    await visit.beGuest();
    for (const id of MOVIES) await visit.query(ADD, { id });
    return visit;
  }

  async leave(): Promise<void> {
    await Promise.all(this.#visits.map((visit) => visit.close()));
  }

  /** What went wrong for any visitor, which no test expected. */
  get complaints(): string[] {
    return this.#visits.flatMap(({ complaints, moved }) => [...complaints, ...moved]);
  }
}

/** `expect` is the test's own: the global one cannot tell which of several concurrent tests it belongs to. */
export type Journey = (name: string, make: (by: { actors: Actors; expect: ExpectStatic }) => Promise<void>, timeoutMs: number) => void;

/** Defines tests that are journeys on a stage. A journey also fails by console messages, page errors and layout shifts of its visitors. */
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
