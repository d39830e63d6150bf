import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const BIOME = join(PROJECT, 'node_modules/@biomejs/biome/bin/biome');

/** Folder -> the folders that it may import. Every other folder of the same table is forbidden. */
type Arrows = Record<string, readonly string[]>;

const ENGINE_ARROWS: Arrows = {
  'src/engine/linalg': [],
  'src/engine/features': ['src/engine/linalg'],
  'src/engine/artifacts': ['src/engine/linalg'],
  'src/engine/search': ['src/engine/artifacts', 'src/engine/linalg'],
  'src/engine/recommender': ['src/engine/features', 'src/engine/artifacts', 'src/engine/linalg'],
  'src/engine/recommender/hybrid': ['src/engine/recommender', 'src/engine/features', 'src/engine/artifacts', 'src/engine/linalg'],
};
const ENGINE = Object.keys(ENGINE_ARROWS);

const SERVER_ARROWS: Arrows = {
  'src/http': ['src/metrics', 'src/rate-limit'],
  'src/graphql': ['src/recommendations', 'src/library', 'src/accounts', 'src/catalog', 'src/metrics'],
  'src/mcp': ['src/recommendations', 'src/library', 'src/accounts', 'src/catalog', 'src/metrics'],
  'src/recommendations': ['src/library', 'src/catalog', 'src/redis', 'src/metrics', ...ENGINE],
  'src/library': ['src/catalog', 'src/database', 'src/metrics', 'src/engine/artifacts', 'src/engine/search'],
  'src/accounts': ['src/database', 'src/redis', 'src/metrics'],
  'src/mail': ['src/database', 'src/metrics'],
  'src/web-push': [],
  'src/catalog': ENGINE,
  'src/rate-limit': ['src/redis', 'src/metrics'],
  'src/redis': ['src/metrics'],
  'src/database': ['src/metrics'],
  'src/metrics': [],
};
const ROOMS = [...Object.keys(SERVER_ARROWS), 'src/environment', 'src/app'];

const PIPELINE_ARROWS: Arrows = {
  'pipeline/stages': ['sources', 'merge', 'data', 'models', 'training', 'evaluation', 'cli'].map((role) => `pipeline/${role}`),
  'pipeline/training': ['pipeline/evaluation', 'pipeline/models', 'pipeline/data', 'pipeline/cli'],
  'pipeline/evaluation': ['pipeline/models', 'pipeline/data', 'pipeline/cli'],
  'pipeline/models': ['pipeline/data', 'pipeline/cli'],
  'pipeline/sources': ['pipeline/data', 'pipeline/cli'],
  'pipeline/merge': ['pipeline/data', 'pipeline/cli'],
  'pipeline/data': ['pipeline/cli'],
  'pipeline/cli': [],
};
const PIPELINE = Object.keys(PIPELINE_ARROWS);

const USE_CASES = ['src/recommendations', 'src/library', 'src/accounts', 'src/catalog'];
const GRAPHQL_PACKAGES = ['graphql', 'type-graphql', '@apollo/server', '@apollo/server/plugin/disabled'];
const HTTP_PACKAGES = ['fastify', '@fastify/static', 'node:http'];

interface Case {
  /** The file that imports. */
  file: string;
  specifier: string;
  allowed: boolean;
}

const FEATURE_ARROWS = [
  'client/src/ui',
  'client/src/api',
  'client/src/language',
  'client/src/generated',
  'client/src/features/movie/public',
];
const CLIENT_ARROWS: Arrows = {
  'client/src/ui': [],
  'client/src/language': [],
  'client/src/api': ['client/src/generated'],
  'client/src/features/home': FEATURE_ARROWS,
  'client/src/features/home/public': [...FEATURE_ARROWS, 'client/src/features/home'],
};
const CLIENT = [
  'client/src/app',
  'client/src/ui',
  'client/src/api',
  'client/src/language',
  'client/src/generated',
  'client/src/features/home',
  'client/src/features/movie',
  'client/src/features/movie/public',
];

const CASES: Case[] = [
  // The server and its two entries.
  ...matrix(SERVER_ARROWS, [...ROOMS, ...ENGINE, 'pipeline/stages', 'client/src']),
  ...matrix(
    {
      'src/graphql/movie': [...SERVER_ARROWS['src/graphql'], 'src/graphql'],
      'src/library/history': [...SERVER_ARROWS['src/library'], 'src/library'],
      'src/recommendations/cache': [...SERVER_ARROWS['src/recommendations'], 'src/recommendations'],
    },
    [...ROOMS, ...ENGINE, 'pipeline/stages'],
  ),
  ...among('src/app/x.ts', [...ROOMS, ...ENGINE], true),
  ...among('src/app/x.ts', ['pipeline/stages', 'client/src'], false),
  ...among('src/environment/x.ts', Object.keys(SERVER_ARROWS), true),
  ...among('src/environment/x.ts', ['src/app', 'pipeline/stages', 'client/src'], false),
  ...among('src/main.ts', ['src/app'], true),
  ...among('src/main.ts', [...ROOMS.filter((room) => room !== 'src/app'), ...ENGINE, 'pipeline/stages'], false),
  ...among('src/some-error.ts', [...ROOMS, ...ENGINE, 'pipeline/stages'], false),
  ...packages('src/some-error.ts', ['./input-error.ts'], true),
  ...[...USE_CASES, 'src/graphql'].flatMap((room) => packages(`${room}/x.ts`, ['../input-error.ts'], true)),

  // Packages of the API stay in the API.
  ...USE_CASES.flatMap((room) => packages(`${room}/x.ts`, [...GRAPHQL_PACKAGES, ...HTTP_PACKAGES], false)),
  ...['src/metrics', 'src/rate-limit', 'src/redis', 'src/database', 'src/mail'].flatMap((room) =>
    packages(`${room}/x.ts`, [...GRAPHQL_PACKAGES, ...HTTP_PACKAGES], false),
  ),
  ...packages('src/graphql/x.ts', HTTP_PACKAGES, false),
  ...packages('src/graphql/x.ts', GRAPHQL_PACKAGES, true),
  ...packages('src/http/x.ts', GRAPHQL_PACKAGES, false),
  ...packages('src/http/x.ts', HTTP_PACKAGES, true),
  ...packages('src/library/x.ts', ['kysely'], true),
  ...packages('src/redis/x.ts', ['ioredis'], true),
  ...packages('src/web-push/x.ts', ['node:https', 'jose'], true),
  ...packages('src/web-push/x.ts', ['graphql', 'fastify'], false),

  // The engine.
  ...matrix(ENGINE_ARROWS, [...ENGINE, ...ROOMS, 'pipeline/stages', 'client/src']),
  ...ENGINE.flatMap((folder) =>
    packages(`${folder}/x.ts`, ['ioredis', 'pg', 'kysely', '@duckdb/node-api', 'node:sqlite', 'fastify'], false),
  ),
  ...packages('src/engine/linalg/x.ts', ['zod', 'node:fs'], false),
  ...packages('src/engine/artifacts/x.ts', ['zod'], false),
  ...packages('src/engine/artifacts/x.ts', ['node:fs/promises'], true),
  ...packages('src/engine/features/x.ts', ['zod'], true),
  ...packages('src/engine/recommender/x.ts', ['zod'], true),

  // The pipeline, by roles.
  ...matrix(PIPELINE_ARROWS, PIPELINE),
  ...[...PIPELINE, 'pipeline/models/ease'].flatMap((folder) => [
    ...among(`${folder}/x.ts`, ENGINE, true),
    ...among(`${folder}/x.ts`, ROOMS, false),
  ]),
  ...among('pipeline/models/ease/x.ts', ['pipeline/models/parallel', 'pipeline/data'], true),
  ...among('pipeline/models/ease/x.ts', ['pipeline/evaluation', 'pipeline/training', 'pipeline/stages'], false),

  // The client.
  ...among('client/src/x.ts', ['client/src/generated'], true),
  ...among('client/src/x.ts', ['src/graphql', 'src/engine/recommender', 'pipeline/stages'], false),
  ...matrix(CLIENT_ARROWS, CLIENT),
  ...Object.keys(CLIENT_ARROWS).flatMap((folder) =>
    among(`${folder}/x.ts`, ['src/graphql', 'src/engine/recommender', 'pipeline/stages'], false),
  ),
  ...among('client/playground/x.ts', ['src/graphql', 'pipeline/stages'], false),
];

interface Diagnostic {
  category: string;
  location: { path: string | { file: string }; start?: { line: number } };
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

  /** The broken rules, as "file:line" -> categories and as "file" -> categories. */
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
    const add = (place: string, category: string): void => void broken.set(place, [...(broken.get(place) ?? []), category]);
    for (const { category, location } of diagnostics) {
      const path = typeof location.path === 'string' ? location.path : location.path.file;
      add(path, category);
      add(`${path}:${location.start?.line}`, category);
    }
    return broken;
  };

  it('refuse every wrong import, and only those', () => {
    const byFile = Map.groupBy(CASES, ({ file }) => file);
    for (const [file, cases] of byFile) {
      const imports = cases.map(({ specifier }, i) => `import { thing${i} } from '${specifier}';\n`);
      write(file, `${imports.join('')}\nexport const things = [${cases.map((_, i) => `thing${i}`).join(', ')}];\n`);
    }
    const broken = lint();
    const wrong = { accepted: [] as string[], refused: [] as string[] };
    for (const [file, cases] of byFile) {
      cases.forEach(({ specifier, allowed }, i) => {
        const isRefused = broken.get(`${file}:${i + 1}`)?.includes('lint/style/noRestrictedImports') ?? false;
        if (allowed && isRefused) wrong.refused.push(`${file} -> ${specifier}`);
        if (!allowed && !isRefused) wrong.accepted.push(`${file} -> ${specifier}`);
      });
    }
    expect(wrong).toEqual({ accepted: [], refused: [] });
  });

  it('refuse a cycle, also one of types', () => {
    write('src/catalog/egg.ts', "import { hen } from './hen.ts';\n\nexport const egg = (): unknown => hen;\n");
    write('src/catalog/hen.ts', "import { egg } from './egg.ts';\n\nexport const hen = (): unknown => egg;\n");
    write('src/library/egg.ts', "import type { Hen } from './hen.ts';\n\nexport type Egg = Hen[];\n");
    write('src/library/hen.ts', "import type { Egg } from './egg.ts';\n\nexport type Hen = Egg[];\n");
    const broken = lint();
    for (const file of ['src/catalog/egg.ts', 'src/catalog/hen.ts', 'src/library/egg.ts', 'src/library/hen.ts'])
      expect(broken.get(file), file).toContain('lint/suspicious/noImportCycles');
  });

  it('let nothing but environment.ts read process.env', () => {
    const text = 'export const port = process.env.PORT;\n';
    for (const file of ['src/catalog/reader.ts', 'src/app/reader.ts', 'src/environment/reader.ts', 'src/environment/environment.ts'])
      write(file, text);
    const broken = lint();
    for (const file of ['src/catalog/reader.ts', 'src/app/reader.ts', 'src/environment/reader.ts'])
      expect(broken.get(file), file).toContain('lint/style/noProcessEnv');
    expect(broken.has('src/environment/environment.ts')).toBe(false);
  });
});

/** Each folder of `arrows` with every folder of `targets`, from a file in the folder itself. */
function matrix(arrows: Arrows, targets: readonly string[]): Case[] {
  return Object.entries(arrows).flatMap(([from, allowed]) =>
    targets.filter((to) => to !== from && !to.startsWith(`${from}/`)).flatMap((to) => among(`${from}/x.ts`, [to], allowed.includes(to))),
  );
}

function among(file: string, targets: readonly string[], allowed: boolean): Case[] {
  return targets.map((to) => ({ file, specifier: relativeSpecifier(file, `${to}/thing.ts`), allowed }));
}

function packages(file: string, specifiers: readonly string[], allowed: boolean): Case[] {
  return specifiers.map((specifier) => ({ file, specifier, allowed }));
}

function relativeSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
