import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from './fixture-movies.ts';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';

const KILLS = 20;
const WORKERS = 4;
const MIN_RUN_MS = 30;
const MAX_RUN_MS = 250;

interface State {
  listed: boolean;
  watched: boolean;
  signal: string | null;
}

/** Movie id -> its state in the library. */
type Model = Map<string, State>;

interface Operation {
  query: string;
  /** Applies the operation to the model. */
  apply(model: Model): void;
}

class RefusedError extends Error {}

/** Changes its own movies at random, and keeps a model of the changes that the server acknowledged. */
class Worker {
  readonly ids: string[];
  readonly model: Model = new Map();
  /** Sent and not answered: the server may have done it completely, or not at all. */
  unanswered: Operation | undefined;
  acknowledged = 0;

  constructor(ids: string[]) {
    this.ids = ids;
    for (const id of ids) this.model.set(id, { listed: false, watched: false, signal: null });
  }

  async run(send: (query: string) => Promise<unknown>, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const operation = this.#next();
      this.unanswered = operation;
      try {
        await send(operation.query);
      } catch (error) {
        // The server was killed. An error that the server answered is a defect of this test.
        if (error instanceof RefusedError) throw error;
        return;
      }
      operation.apply(this.model);
      this.unanswered = undefined;
      this.acknowledged++;
    }
  }

  #next(): Operation {
    const some = this.ids.filter(() => Math.random() < 0.5).concat(this.ids[0]);
    const id = this.ids[Math.floor(Math.random() * this.ids.length)];
    const list = JSON.stringify([...new Set(some)]);
    const change = (ids: string[], make: (state: State) => State) => (model: Model) => {
      for (const each of ids) {
        const state = model.get(each);
        if (state !== undefined) model.set(each, make(state));
      }
    };
    switch (Math.floor(Math.random() * 5)) {
      case 0:
      case 1:
        return {
          query: `mutation { addToWatchlist(movieId: "${id}") { watched } }`,
          apply: change([id], (state) => ({ ...state, listed: true })),
        };
      case 2: {
        const watched = Math.random() < 0.7;
        return {
          query: `mutation { setWatched(movieIds: ${list}, watched: ${watched}) { watched } }`,
          apply: change(some, (state) => (state.listed ? { ...state, watched } : state)),
        };
      }
      case 3:
        return {
          query: `mutation { removeFromWatchlist(movieIds: ${list}) }`,
          apply: change(some, (state) => ({ ...state, listed: false, watched: false })),
        };
      default: {
        const signal = ['LIKE', 'DISLIKE', 'NOT_INTERESTED', 'NONE'][Math.floor(Math.random() * 4)];
        return {
          query: `mutation { setFeedback(movieId: "${id}", signal: ${signal}) { id } }`,
          apply: change([id], (state) => ({ ...state, signal: signal === 'NONE' ? null : signal })),
        };
      }
    }
  }
}

describe('a server that is killed repeatedly', () => {
  let folder: TemporaryFolder;
  let server: RunningServer | undefined;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(async () => {
    await server?.end('SIGKILL');
    await folder.remove();
  });

  it(`has every acknowledged change and no half change after each of ${KILLS} SIGKILLs`, async () => {
    const ids = FIXTURE_MOVIES.map(({ movieId }) => String(movieId));
    const workers = Array.from({ length: WORKERS }, (_, w) => new Worker(ids.filter((_id, i) => i % WORKERS === w)));
    let cookie = '';
    for (let kill = 0; kill <= KILLS; kill++) {
      const running = await startServer(folder.path, { RATE_LIMIT: 'off', LOG_LEVEL: 'info' });
      server = running;
      if (kill === 0) cookie = await signInAsGuest(running.url);
      const send = (query: string) => ask(running.url, cookie, query);
      await compare(workers, await stateOf(send, ids), kill);
      if (kill === KILLS) break;
      let over = false;
      const working = Promise.all(workers.map((worker) => worker.run(send, () => over)));
      await sleep(MIN_RUN_MS + Math.random() * (MAX_RUN_MS - MIN_RUN_MS));
      await running.end('SIGKILL');
      over = true;
      await working;
    }
    const acknowledged = workers.reduce((sum, worker) => sum + worker.acknowledged, 0);
    expect(acknowledged).toBeGreaterThan(KILLS * WORKERS);
  }, 240_000);
});

async function compare(workers: readonly Worker[], kept: Model, kill: number): Promise<void> {
  for (const worker of workers) {
    const found = worker.ids.map((id) => [id, kept.get(id)]);
    const after: Model = new Map(worker.model);
    worker.unanswered?.apply(after);
    const possible = [worker.model, after].map((model) => JSON.stringify([...model]));
    expect(possible, `kill ${kill}: ${worker.unanswered?.query ?? 'nothing under way'}`).toContain(JSON.stringify(found));
    for (const id of worker.ids) worker.model.set(id, kept.get(id) ?? { listed: false, watched: false, signal: null });
    worker.unanswered = undefined;
  }
}

async function stateOf(send: (query: string) => Promise<Record<string, unknown>>, ids: string[]): Promise<Model> {
  const { movies } = await send(`{ movies(ids: ${JSON.stringify(ids)}) { id viewerFeedback watchlistEntry { watched } } }`);
  if (!Array.isArray(movies)) throw new Error('expected movies');
  return new Map(
    movies.map((movie) => [
      movie.id,
      { listed: movie.watchlistEntry !== null, watched: movie.watchlistEntry?.watched ?? false, signal: movie.viewerFeedback },
    ]),
  );
}

async function ask(url: string, cookie: string, query: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors !== undefined) throw new RefusedError(JSON.stringify(errors));
  return data;
}

async function signInAsGuest(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/anonymous`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: '{}',
  });
  expect(response.status).toBe(200);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}
