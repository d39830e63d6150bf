import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SearchableCatalog } from '../../catalog/searchable-catalog.ts';
import { errorCode } from '../../error-text.ts';
import { InputError } from '../../input-error.ts';
import { operatorText, serviceErrorIn } from '../../service-error.ts';
import { DEFAULT_THRESHOLDS } from '../history/history-items.ts';
import { type ImportDependencies, importHistory } from '../import-history.ts';
import { KnownImportError } from '../import-journal.ts';
import type { LibraryStore } from '../library-store.ts';
import {
  abandoned,
  type ClaimedFile,
  claim,
  entriesOf,
  finish,
  RefusedFileError,
  STALE_MS,
  takeOver,
  WORKING,
  withContent,
} from './claimed-file.ts';
import { reportOf } from './import-report.ts';

/** A file that has not changed for this long is finished. */
const QUIET_MS = 5_000;
/** Names that programs give to a file while they write it. */
const UNFINISHED = /^\.|\.(?:tmp|temp|part|partial|crdownload|download|filepart|swp)$|~$/i;
const OWN_FOLDERS = new Set(['done', 'failed', WORKING]);

export interface ImportFolderParts {
  /** The folder with a folder for each profile. */
  root: string;
  library: LibraryStore;
  metrics: ImportDependencies['metrics'];
  snapshot(): SearchableCatalog;
  /** The account with this e-mail address or id; undefined when there is none that may be written. */
  accountNamed(name: string): Promise<string | undefined>;
  log: {
    info(about: object, message: string): void;
    warn(about: object, message: string): void;
    error(about: object, message: string): void;
  };
  quietMs?: number;
  staleMs?: number;
}

/** Imports the files that appear in the folders of profiles, one after the other. Several servers may watch one folder. */
export class ImportFolder {
  readonly #parts: ImportFolderParts;
  /** Path -> what was refused, which is said once. */
  readonly #refused = new Map<string, string>();
  #looking: Promise<void> | undefined;

  constructor(parts: ImportFolderParts) {
    this.#parts = parts;
  }

  /** Imports what is finished now. Never throws. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#refuse(this.#parts.root, `cannot be read: ${operatorText(error)}`))
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { root, accountNamed } = this.#parts;
    const present = new Set<string>([root]);
    for (const profile of await entriesOf(root)) {
      const folder = join(root, profile);
      present.add(folder);
      const kind = await lstat(folder).catch(() => undefined);
      if (kind === undefined) continue;
      if (!kind.isDirectory()) {
        this.#refuse(folder, 'is no folder; files belong into a folder that is named by the e-mail address or the id of an account');
        continue;
      }
      const interrupted = await abandoned(folder, this.#parts.staleMs ?? STALE_MS);
      const finished: string[] = [];
      for (const name of await entriesOf(folder)) {
        present.add(join(folder, name));
        if (await this.#isFinished(folder, name)) finished.push(name);
      }
      if (interrupted.length + finished.length === 0) continue;
      const userId = await accountNamed(profile);
      if (userId === undefined) {
        this.#refuse(folder, 'is named by no account that may be written; expected an e-mail address or an id');
        continue;
      }
      this.#refused.delete(folder);
      for (const left of interrupted) {
        const file = await takeOver(left);
        if (file !== undefined) await this.#import(file, userId, profile);
      }
      for (const name of finished) {
        const file = await claim(folder, name);
        if (file !== undefined) await this.#import(file, userId, profile);
      }
    }
    for (const path of this.#refused.keys()) if (!present.has(path)) this.#refused.delete(path);
  }

  /** Whether the file is whole: nothing has changed it for a while. What is no file is refused. */
  async #isFinished(folder: string, name: string): Promise<boolean> {
    if (OWN_FOLDERS.has(name) || UNFINISHED.test(name)) return false;
    const path = join(folder, name);
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) return false;
    if (!found.isFile()) {
      this.#refuse(path, 'is a link or a folder; only files are imported');
      return false;
    }
    // The second time is also that of a rename.
    return Date.now() - Math.max(found.mtimeMs, found.ctimeMs) >= (this.#parts.quietMs ?? QUIET_MS);
  }

  async #import(file: ClaimedFile, userId: string, profile: string): Promise<void> {
    const { library, snapshot, metrics, log } = this.#parts;
    const { name, importId } = file;
    const about = { profile, file: name };
    const report = { file: name, profile, at: new Date(), importId };
    try {
      const movies = snapshot();
      const result = await withContent(file, (content) =>
        importHistory(
          { library, snapshot: movies, metrics, deadline: { check: () => undefined } },
          { userId, isGuest: false },
          { files: [{ name, content, options: {} }], dryRun: false, choices: [], importId, keepsRemovals: true, ...DEFAULT_THRESHOLDS },
        ),
      );
      await finish(file, 'done', { ...report, ...reportOf(result, movies.catalog) });
      log.info({ ...about, rows: result.rowCount, movies: result.movieCount }, 'a file was imported');
    } catch (error) {
      // The server that ended had imported it, and had not moved it.
      if (error instanceof KnownImportError)
        await finish(file, 'done', { ...report, note: 'The server ended before it wrote the report.' });
      // This server paused for so long that another one has taken the file over.
      else if (errorCode(error) === 'ENOENT') return;
      else if (serviceErrorIn(error) !== undefined) log.error({ ...about, reason: operatorText(error) }, 'an import is tried again later');
      else await this.#fail(file, report, error);
    }
  }

  async #fail(file: ClaimedFile, report: object, error: unknown): Promise<void> {
    const isExpected = error instanceof InputError || error instanceof RefusedFileError;
    const problem = isExpected ? error.message : 'Something went wrong on the side of the server; its log says what.';
    const about = { file: file.name, importId: file.importId };
    if (isExpected) this.#parts.log.warn({ ...about, problem }, 'a file could not be imported');
    else this.#parts.log.error({ ...about, err: error }, 'a file could not be imported');
    await finish(file, 'failed', { ...report, problem });
  }

  #refuse(path: string, problem: string): void {
    if (this.#refused.get(path) === problem) return;
    this.#refused.set(path, problem);
    this.#parts.log.warn({ path }, `the import folder: ${problem}`);
  }
}
