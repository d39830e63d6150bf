import { openSnapshot } from '../src/recommendations/snapshot.ts';
import { temporaryFolder } from '../test/fixture-release.ts';
import { generatedMovies } from '../test/generated-movies.ts';
import { releaseInMemory, shippedConfig } from '../test/release-in-memory.ts';
import { viewerApp } from '../test/viewer-app.ts';

export const IMPORTED_ROWS = 50_000;
const MOVIES = 60_000;
const IMPORT = `mutation ($files: [HistoryFileInput!]!, $dryRun: Boolean!) { importFiles(files: $files, dryRun: $dryRun) { takenCount } }`;

export interface ImportFigures {
  rows: number;
  movies: number;
  /** Seconds of a dry run, and of the import that writes. Threads count together. */
  dryRun: { seconds: number; cpuSeconds: number };
  write: { seconds: number; cpuSeconds: number };
}

/** Imports a diary of 50,000 rows into SQLite, in process: first dry, then for good. */
export async function measureImports(): Promise<ImportFigures> {
  const movies = generatedMovies(MOVIES);
  const snapshot = await openSnapshot(releaseInMemory(movies, shippedConfig('default')));
  const folder = await temporaryFolder();
  const app = await viewerApp(() => snapshot, {
    database: { kind: 'sqlite', file: `${folder.path}/cinematch.sqlite` },
    importLimitBytes: 20_971_520,
    requestTimeoutMs: 120_000,
  });
  try {
    const lines = Array.from({ length: IMPORTED_ROWS }, (_, i) => {
      const { title, year } = movies[(i * 7) % MOVIES];
      const day = new Date(Date.UTC(2010, 0, 1 + (i % 4_000))).toISOString().slice(0, 10);
      return `${day},"${title}",${year ?? ''},https://boxd.it/aaaa,${1 + (i % 9) / 2},,,${day}\n`;
    });
    const text = `Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n${lines.join('')}`;
    const files = [{ name: 'diary.csv', base64: Buffer.from(text).toString('base64') }];
    const viewer = app.viewer();
    const measured = async (dryRun: boolean): Promise<{ seconds: number; cpuSeconds: number }> => {
      const cpu = process.cpuUsage();
      const start = performance.now();
      await viewer.ask(IMPORT, { files, dryRun });
      const { user, system } = process.cpuUsage(cpu);
      return { seconds: (performance.now() - start) / 1_000, cpuSeconds: (user + system) / 1e6 };
    };
    await measured(true);
    return { rows: IMPORTED_ROWS, movies: MOVIES, dryRun: await measured(true), write: await measured(false) };
  } finally {
    await app.shutDown(0);
    await folder.remove();
  }
}
