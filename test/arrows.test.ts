import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const BIOME = join(PROJECT, 'node_modules/@biomejs/biome/bin/biome');

/** file -> an import that architecture.md forbids there */
const FORBIDDEN: [file: string, specifier: string][] = [
  ['src/linalg/x.ts', '../artifacts/manifest.ts'],
  ['src/linalg/x.ts', '../environment.ts'],
  ['src/linalg/x.ts', 'zod'],
  ['src/artifacts/x.ts', '../catalog/catalog.ts'],
  ['src/artifacts/x.ts', '../features/tfidf.ts'],
  ['src/artifacts/x.ts', '../environment.ts'],
  ['src/artifacts/x.ts', 'node:sqlite'],
  ['src/artifacts/x.ts', '@duckdb/node-api'],
  ['src/features/x.ts', '../artifacts/manifest.ts'],
  ['src/features/x.ts', '../graphql/schema.ts'],
  ['src/features/x.ts', '@apollo/server'],
  ['src/recommender/x.ts', '../catalog/catalog.ts'],
  ['src/recommender/x.ts', '../graphql/schema.ts'],
  ['src/recommender/x.ts', '../cache/preferences-key.ts'],
  ['src/recommender/x.ts', '../library/store.ts'],
  ['src/recommender/x.ts', '../accounts/users.ts'],
  ['src/recommender/x.ts', '../environment.ts'],
  ['src/recommender/x.ts', 'ioredis'],
  ['src/recommender/x.ts', 'pg'],
  ['src/recommender/x.ts', '../../pipeline/build-set.ts'],
  ['src/catalog/x.ts', '../recommender/recommender.ts'],
  ['src/catalog/x.ts', '../graphql/schema.ts'],
  ['src/library/x.ts', '../catalog/catalog.ts'],
  ['src/library/x.ts', '../graphql/schema.ts'],
  ['src/database/x.ts', '../library/library-store.ts'],
  ['src/database/x.ts', '../environment.ts'],
  ['src/cache/x.ts', '../graphql/schema.ts'],
  ['src/cache/x.ts', '../recommender/recommender.ts'],
  ['src/accounts/x.ts', '../library/library-store.ts'],
  ['src/accounts/x.ts', '../environment.ts'],
  ['src/graphql/x.ts', '../http/app.ts'],
  ['src/graphql/movie/x.ts', '../../http/app.ts'],
  ['src/graphql/movie/x.ts', '../../artifacts/manifest.ts'],
  ['src/graphql/movie/x.ts', '../../linalg/csr.ts'],
  ['src/graphql/movie/x.ts', '../../features/tfidf.ts'],
  ['src/graphql/movie/x.ts', '../../environment.ts'],
  ['src/graphql/movie/x.ts', '../../../pipeline/build-set.ts'],
  ['src/graphql/movie/x.ts', 'fastify'],
  ['src/http/x.ts', '../catalog/catalog.ts'],
  ['src/http/x.ts', '../environment.ts'],
  ['src/server.ts', '../pipeline/training/build-release.ts'],
  ['src/server.ts', '../client/playground/main.tsx'],
  ['pipeline/x.ts', '../src/graphql/schema.ts'],
  ['pipeline/stages/x.ts', '../../src/catalog/catalog.ts'],
  ['pipeline/stages/x.ts', '../../src/environment.ts'],
  ['client/src/x.ts', '../../src/graphql/schema.ts'],
  ['client/src/routes/x.ts', '../../../src/recommender/recommender.ts'],
  ['client/playground/x.ts', '../../pipeline/build-set.ts'],
];

/** file -> an import that must stay possible, so that the rule does not simply refuse everything */
const ALLOWED: [file: string, specifier: string][] = [
  ['src/linalg/x.ts', './csr.ts'],
  ['src/artifacts/x.ts', '../linalg/csr.ts'],
  ['src/artifacts/x.ts', 'node:fs/promises'],
  ['src/features/x.ts', '../linalg/csr.ts'],
  ['src/recommender/x.ts', '../features/tfidf.ts'],
  ['src/recommender/x.ts', '../artifacts/manifest.ts'],
  ['src/catalog/x.ts', '../artifacts/manifest.ts'],
  ['src/cache/x.ts', '../redis/guarded-redis.ts'],
  ['src/graphql/movie/x.ts', '../../catalog/catalog.ts'],
  ['src/graphql/movie/x.ts', '../../recommender/recommender.ts'],
  ['src/graphql/movie/x.ts', '../../cache/preferences-key.ts'],
  ['src/graphql/movie/x.ts', '../catalog/catalog.type.ts'],
  ['src/library/x.ts', '../database/database.ts'],
  ['src/library/x.ts', 'kysely'],
  ['src/graphql/x.ts', '../library/library-store.ts'],
  ['src/http/x.ts', '../graphql/schema.ts'],
  ['src/server.ts', './graphql/schema.ts'],
  ['pipeline/stages/x.ts', '../../src/recommender/recommender.ts'],
  ['client/src/x.ts', './generated/graphql.ts'],
];

interface Diagnostic {
  category: string;
  location: { path: string | { file: string } };
}

describe('the arrows of the architecture', () => {
  let folder: TemporaryFolder;
  beforeAll(async () => {
    folder = await temporaryFolder();
    copyFileSync(join(PROJECT, 'biome.json'), join(folder.path, 'biome.json'));
    copyFileSync(join(PROJECT, '.gitignore'), join(folder.path, '.gitignore'));
  });
  afterAll(() => folder.remove());

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder.path, file)), { recursive: true });
    writeFileSync(join(folder.path, file), text);
  };

  /** File -> the rules it breaks. */
  const lint = (): Map<string, string[]> => {
    let output: string;
    try {
      output = execFileSync(BIOME, ['lint', '--reporter=json', '--max-diagnostics=none'], {
        cwd: folder.path,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      if (!(error instanceof Error && 'stdout' in error)) throw error;
      output = String(error.stdout);
    }
    const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(output);
    const broken = new Map<string, string[]>();
    for (const { category, location } of diagnostics) {
      const path = typeof location.path === 'string' ? location.path : location.path.file;
      broken.set(path, [...(broken.get(path) ?? []), category]);
    }
    return broken;
  };

  it('refuse every wrong import, and only those', () => {
    const fileFor = (file: string, kind: string, i: number): string =>
      file.endsWith('/x.ts') ? file.replace(/x\.ts$/, `${kind}${i}.ts`) : file.replace(/\.ts$/, `-${kind}${i}.ts`);
    const importing = (specifier: string): string => `import { thing } from '${specifier}';\n\nexport const again = thing;\n`;
    FORBIDDEN.forEach(([file, specifier], i) => {
      write(fileFor(file, 'wrong', i), importing(specifier));
    });
    ALLOWED.forEach(([file, specifier], i) => {
      write(fileFor(file, 'right', i), importing(specifier));
    });
    const broken = lint();
    const accepted = FORBIDDEN.filter(([file], i) => !broken.get(fileFor(file, 'wrong', i))?.includes('lint/style/noRestrictedImports'));
    expect(accepted).toEqual([]);
    const refused = ALLOWED.filter(([file], i) => broken.has(fileFor(file, 'right', i)));
    expect(refused).toEqual([]);
  });

  it('refuse a cycle', () => {
    write('src/catalog/egg.ts', "import { hen } from './hen.ts';\n\nexport const egg = (): unknown => hen;\n");
    write('src/catalog/hen.ts', "import { egg } from './egg.ts';\n\nexport const hen = (): unknown => egg;\n");
    const broken = lint();
    expect(broken.get('src/catalog/egg.ts')).toContain('lint/suspicious/noImportCycles');
    expect(broken.get('src/catalog/hen.ts')).toContain('lint/suspicious/noImportCycles');
  });

  it('let nothing but environment.ts read process.env', () => {
    write('src/catalog/reader.ts', 'export const port = process.env.PORT;\n');
    write('src/environment.ts', 'export const port = process.env.PORT;\n');
    const broken = lint();
    expect(broken.get('src/catalog/reader.ts')).toContain('lint/style/noProcessEnv');
    expect(broken.has('src/environment.ts')).toBe(false);
  });
});
