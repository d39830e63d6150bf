import { ImportFolder, type ImportFolderParts } from '../library/import-folder/import-folder.ts';

const LOOK_MS = 2_000;

/** Looks into the import folder every few seconds. */
export class WatchedImports {
  readonly #folder: ImportFolder;
  readonly #timer: NodeJS.Timeout;

  constructor(parts: ImportFolderParts) {
    this.#folder = new ImportFolder(parts);
    this.#timer = setInterval(() => void this.#folder.look(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
