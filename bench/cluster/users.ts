import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_MS = 20_000;
const MOVIES_A_USER = 12;
const SIGN_INS_AT_ONCE = 8;
const CHECKS_AT_ONCE = 8;
const MAX_MESSAGE_LENGTH = 200;

/** What users did since the last `take`. */
export interface Outcomes {
  requests: number;
  writes: number;
  /** By what was answered. */
  failures: Map<string, number>;
  /** The first message of each kind of failure, with the status of the answer and the operation. */
  messages: Map<string, string>;
  /** Milliseconds of each answer. */
  times: number[];
}

export interface UsedCatalog {
  ids: readonly string[];
  titles: readonly string[];
}

interface User {
  cookie: string;
  movies: readonly string[];
  /** The last feedback that was acknowledged; undefined when a change had no answer, so that nobody knows. */
  feedback: Map<string, 'LIKE' | 'DISLIKE' | undefined>;
}

const RECOMMENDATIONS =
  '{ recommendations(first: 20) { totalCount nodes { score explanation movie { id title year genres { name } services { name } } } } }';
const MOVIE = 'query ($id: ID!) { movie(id: $id) { title overview viewerFeedback similar(first: 5) { movie { id title } } } }';
const SEARCH = 'query ($text: String!) { searchMovies(query: $text, first: 10) { nodes { id title } } }';
const LISTS = '{ viewer { likedMovies { id } dislikedMovies { id } } }';
const FEEDBACK = 'mutation ($id: ID!, $signal: FeedbackSignal!) { setFeedback(movieId: $id, signal: $signal) { id viewerFeedback } }';

/** Users with a session who read and write, each one request at a time, and remember what was acknowledged. */
export class Users {
  readonly #url: URL;
  readonly #titles: readonly string[];
  readonly #users: User[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #pauseMs: number;
  #outcomes: Outcomes = noOutcomes();
  #isRunning = false;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(url: string, titles: readonly string[], pauseMs: number) {
    this.#url = new URL(url);
    this.#titles = titles;
    this.#pauseMs = pauseMs;
  }

  /** `rate` is the number of requests a second of all together. They are guests: a password costs a tenth of a second on purpose. */
  static async signIn(url: string, count: number, rate: number, { ids, titles }: UsedCatalog): Promise<Users> {
    const users = new Users(url, titles, (count / rate) * 1_000);
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count) {
        const first = next++ * MOVIES_A_USER;
        const { headers, status } = await users.#post('/api/auth/sign-in/anonymous', '{}', '');
        if (status !== 200) throw new Error(`a guest cannot sign in: ${status}`);
        const cookie = (headers['set-cookie'] ?? []).map((each) => each.split(';', 1)[0]).join('; ');
        const movies = Array.from({ length: MOVIES_A_USER }, (_, i) => ids[(first + i) % ids.length]);
        users.#users.push({ cookie, movies, feedback: new Map() });
      }
    };
    await Promise.all(Array.from({ length: SIGN_INS_AT_ONCE }, work));
    return users;
  }

  start(): void {
    this.#isRunning = true;
    this.#running = Promise.all(this.#users.map((user) => this.#use(user)));
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    await this.#running;
  }

  take(): Outcomes {
    const taken = this.#outcomes;
    this.#outcomes = noOutcomes();
    return taken;
  }

  /** How many acknowledged changes are not there. */
  async lost(): Promise<number> {
    let lost = 0;
    let next = 0;
    const check = async (): Promise<void> => {
      while (next < this.#users.length) {
        const { cookie, feedback } = this.#users[next++];
        const { status, text } = await this.#post('/graphql', JSON.stringify({ query: LISTS }), cookie);
        if (status !== 200) throw new Error(`the lists of a user cannot be read: ${status} ${text.slice(0, 200)}`);
        const { viewer } = JSON.parse(text).data;
        const found = new Map<string, string>();
        for (const { id } of viewer.likedMovies) found.set(id, 'LIKE');
        for (const { id } of viewer.dislikedMovies) found.set(id, 'DISLIKE');
        for (const [id, signal] of feedback) if (signal !== undefined && found.get(id) !== signal) lost++;
      }
    };
    await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, check));
    return lost;
  }

  async #use(user: User): Promise<void> {
    await sleep(Math.random() * this.#pauseMs);
    while (this.#isRunning) {
      const begun = performance.now();
      await this.#act(user);
      await sleep(Math.max(0, 2 * Math.random() * this.#pauseMs - (performance.now() - begun)));
    }
  }

  async #act(user: User): Promise<void> {
    const dice = Math.random();
    const id = user.movies[Math.floor(Math.random() * user.movies.length)];
    if (dice < 0.4) {
      const signal = Math.random() < 0.5 ? 'LIKE' : 'DISLIKE';
      this.#outcomes.writes++;
      user.feedback.set(id, undefined);
      if (await this.#send(user, FEEDBACK, { id, signal })) user.feedback.set(id, signal);
    } else if (dice < 0.65) await this.#send(user, RECOMMENDATIONS, {});
    else if (dice < 0.8) await this.#send(user, MOVIE, { id });
    else if (dice < 0.9) await this.#send(user, LISTS, {});
    else {
      const title = this.#titles[Math.floor(Math.random() * this.#titles.length)];
      await this.#send(user, SEARCH, { text: title.slice(0, 3 + Math.floor(Math.random() * 6)) });
    }
  }

  async #send({ cookie }: User, query: string, variables: object): Promise<boolean> {
    const outcomes = this.#outcomes;
    outcomes.requests++;
    const begun = performance.now();
    const failure = await this.#post('/graphql', JSON.stringify({ query, variables }), cookie).then(failureIn, noAnswer);
    outcomes.times.push(performance.now() - begun);
    if (failure !== undefined) addFailure(outcomes, failure, query);
    return failure === undefined;
  }

  #post(path: string, body: string, cookie: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port, origin } = this.#url;
      const headers = { 'content-type': 'application/json', origin, cookie, 'content-length': Buffer.byteLength(body) };
      const sent = request({ hostname, port, path, method: 'POST', headers, agent: this.#agent, timeout: WAIT_MS }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
        );
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer')));
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Failure {
  /** The code of the error, or the status. */
  name: string;
  message: string;
}

export function noOutcomes(): Outcomes {
  return { requests: 0, writes: 0, failures: new Map(), messages: new Map(), times: [] };
}

export function addFailure({ failures, messages }: Outcomes, { name, message }: Failure, query: string): void {
  failures.set(name, (failures.get(name) ?? 0) + 1);
  if (!messages.has(name)) messages.set(name, `${message}, to ${query.slice(0, MAX_MESSAGE_LENGTH)}`);
}

/** Undefined for an answer without errors. */
export function failureIn({ status, text }: Pick<Answer, 'status' | 'text'>): Failure | undefined {
  const code = /"code":"(\w+)"/.exec(text)?.[1];
  if (status === 200 && !text.includes('"errors":[')) return undefined;
  return { name: code ?? String(status), message: `${status} ${text.slice(0, MAX_MESSAGE_LENGTH)}` };
}

export function noAnswer(error: unknown): Failure {
  const name = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return { name, message: error instanceof Error ? error.message : String(error) };
}
