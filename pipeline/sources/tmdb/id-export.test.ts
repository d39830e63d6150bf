import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { recordingContext } from '../../testing/recording-context.ts';
import { fetchIdExport, MAX_LINE_BYTES } from './id-export.ts';

const SITE = 'https://exports.test/p';
const FILE = `${SITE}/movie_ids_03_04_2026.json.gz`;
const line = (id: number): string => JSON.stringify({ adult: false, id, popularity: 2, video: false });
/** A line of just so many bytes. */
const lineOf = (bytes: number): string => {
  const empty = JSON.stringify({ adult: false, id: 7, popularity: 2, original_title: '' });
  return empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`);
};

/** The export of 4 March 2026 with these lines, the only one. */
async function fetched(lines: readonly string[], maxExportLines?: number): Promise<number[]> {
  const bytes = gzipSync(`${lines.join('\n')}\n`);
  const context = {
    ...recordingContext({ now: () => new Date('2026-03-04T05:06:07Z'), sleep: async () => undefined }),
    fetch: async (url: string | URL | Request) => (String(url) === FILE ? new Response(bytes) : new Response(null, { status: 404 })),
    ...(maxExportLines === undefined ? {} : { maxExportLines }),
  };
  return [...(await fetchIdExport(SITE, context)).popularity.keys()];
}

it('takes as many lines as are allowed, and none beyond', async () => {
  const lines = [1, 2, 3].map(line);
  expect(await fetched(lines, 3)).toEqual([1, 2, 3]);
  await expect(fetched(lines, 2)).rejects.toThrow(`${FILE}: more than 2 lines; not an export of movie ids, check --tmdb-export-url`);
});

it('takes a line as long as is allowed, and none beyond, however little it is when packed', async () => {
  expect(await fetched([line(1), lineOf(MAX_LINE_BYTES), line(2)])).toEqual([1, 7, 2]);
  await expect(fetched([line(1), lineOf(MAX_LINE_BYTES + 1), line(2)])).rejects.toThrow(
    `${FILE}: a line of more than ${MAX_LINE_BYTES} bytes; not an export of movie ids, check --tmdb-export-url`,
  );
});
