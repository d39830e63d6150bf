import { execFile } from 'node:child_process';
import { cp, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Catalog } from '../../src/catalog/catalog.ts';
import { openRelease } from '../../src/engine/artifacts/model-release.ts';
import { listVersions, readPointer, versionDirectory, writePointer } from '../../src/engine/artifacts/version-store.ts';
import { trainSeconds } from '../measure.ts';
import { ROOT } from '../server-process.ts';
import type { UsedCatalog } from './users.ts';

const DAMAGED = 'bench-damaged';

/** Two versions that can be published, and a damaged one. */
export class Versions {
  readonly folder: string;
  readonly #good: readonly string[];

  private constructor(folder: string, good: readonly string[]) {
    this.folder = folder;
    this.#good = good;
  }

  /** Trains what is missing in `folder`. */
  static async prepare(folder: string, catalogs: readonly string[]): Promise<Versions> {
    await rm(join(folder, DAMAGED), { recursive: true, force: true });
    if ((await listVersions(folder)).length < catalogs.length) {
      await rm(folder, { recursive: true, force: true });
      for (const catalog of catalogs) await trainSeconds(catalog, folder, 'default');
    }
    const versions = new Versions(folder, await listVersions(folder));
    await versions.#damage();
    await versions.publish(0);
    return versions;
  }

  name(n: number): string {
    return this.#good[n];
  }

  /** Movies of every version. */
  async usedCatalog(): Promise<UsedCatalog> {
    const [first, ...others] = await Promise.all(
      this.#good.map(async (name) => Catalog.fromRelease(await openRelease(versionDirectory(this.folder, name)))),
    );
    const everywhere = Array.from({ length: first.size }, (_, row) => first.indexAt(row)).filter((index) =>
      others.every((other) => other.indexOf(first.id(index)) !== undefined),
    );
    return { ids: everywhere.map((index) => first.id(index)), titles: everywhere.map((index) => first.title(index)) };
  }

  publish(n: number): Promise<void> {
    return this.#pipeline(['--version', this.#good[n], '--force']);
  }

  rollBack(): Promise<void> {
    return this.#pipeline(['--rollback']);
  }

  /** Past the command, which refuses it: as a copy does that broke off, or a disk that lies. */
  async publishDamaged(): Promise<() => Promise<void>> {
    const pointer = await readPointer(this.folder);
    if (pointer === null) throw new Error(`nothing is published in ${this.folder}`);
    await writePointer(this.folder, { ...pointer, version: DAMAGED, previous: pointer.version, publishedAt: new Date().toISOString() });
    return () => writePointer(this.folder, pointer);
  }

  async #pipeline(args: string[]): Promise<void> {
    await promisify(execFile)(process.execPath, ['pipeline/main.ts', 'publish', '--artifacts', this.folder, ...args], { cwd: ROOT });
  }

  /** One byte of the largest file is another. */
  async #damage(): Promise<void> {
    const folder = join(this.folder, DAMAGED);
    await cp(versionDirectory(this.folder, this.#good[0]), folder, { recursive: true });
    const [section] = (await readdir(folder)).filter((name) => !name.endsWith('.json'));
    const file = await open(join(folder, section), 'r+');
    try {
      const at = Math.floor((await file.stat()).size / 2);
      const byte = Buffer.alloc(1);
      await file.read(byte, 0, 1, at);
      byte[0] ^= 0xff;
      await file.write(byte, 0, 1, at);
    } finally {
      await file.close();
    }
  }
}
