import type { Logger } from 'pino';
import type { Catalog } from '../catalog/catalog.ts';
import type { Database } from '../database/database.ts';
import { errorText } from '../error-text.ts';
import { StoredMovieIds } from '../library/stored-movie-ids.ts';

const EVERY_MS = 3_600_000;

/** Lets the libraries follow the catalog's movie ids: at the start, when another version is served, and every hour for rows of other servers. */
export class MovieIdUpdates {
  readonly #ids: StoredMovieIds;
  readonly #catalog: () => Catalog;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(database: Database, catalog: () => Catalog, log: Logger) {
    this.#ids = new StoredMovieIds(database);
    this.#catalog = catalog;
    this.#log = log;
  }

  start(): void {
    this.#update(undefined);
    this.#timer = setInterval(() => this.#update(undefined), EVERY_MS).unref();
  }

  /** The catalog before knows the other ids of movies that the new one may not have. */
  swapped(before: Catalog): void {
    this.#update(before);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One update after the other. An error is logged: the next update tries again. */
  #update(before: Catalog | undefined): void {
    this.#last = this.#last.then(async () => {
      try {
        if (before !== undefined) await this.#ids.record(before);
        const renamed = await this.#ids.follow(this.#catalog());
        if (renamed > 0) this.#log.info({ movies: renamed }, 'movies of the libraries have another id in this version');
      } catch (error) {
        this.#log.warn({ reason: errorText(error) }, 'the movie ids of the libraries were not brought up to date');
      }
    });
  }
}
