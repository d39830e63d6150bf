import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

export interface BundledPackage {
  name: string;
  version: string;
  /** As its package.json names it: an SPDX expression, as a rule. */
  license: string | undefined;
  folder: string;
}

/**
 * Collects the packages of every module that a build reads: styles, fonts and workers too, which Vite's own `build.license` leaves out.
 * A module that is removed as unused counts: too long a list does no harm.
 */
export class BundledPackages {
  readonly #byFolder = new Map<string, BundledPackage>();

  /** Sorted by name and version. One copy of each is listed, wherever it is installed. */
  list(): BundledPackage[] {
    const unique = new Map([...this.#byFolder.values()].map((found) => [`${found.name}@${found.version}`, found]));
    return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
  }

  plugin(): Plugin {
    const bundled = this;
    return {
      name: 'bundled-packages',
      buildEnd() {
        for (const id of this.getModuleIds()) bundled.#add(id);
      },
      // Fonts that a style sheet names are no modules. Their paths start at the root of the build.
      generateBundle(_options, bundle) {
        for (const output of Object.values(bundle))
          if (output.type === 'asset')
            for (const path of output.originalFileNames) bundled.#add(resolve(this.environment.config.root, path));
      },
    };
  }

  /** `id` is a module's name: its path, perhaps with a query behind it. */
  #add(id: string): void {
    const path = id.replace(/^\0/, '').replace(/\?.*$/s, '');
    if (!path.includes('/node_modules/')) return;
    const folder = packageFolder(path);
    if (folder === undefined || this.#byFolder.has(folder)) return;
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    this.#byFolder.set(folder, { name, version, license: typeof license === 'string' ? license.trim() : license?.type, folder });
  }
}

/** The folder right below the last node_modules: packages hold further package.json files without a name. */
function packageFolder(path: string): string | undefined {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return folder !== undefined && existsSync(join(folder, 'package.json')) ? folder : undefined;
}
