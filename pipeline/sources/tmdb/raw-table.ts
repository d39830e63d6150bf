import { stat } from 'node:fs/promises';
import { hasCode } from '../../cli/cli-error.ts';
import { type MalformedLines, readCsvColumns } from '../../data/csv-table.ts';

export type RawRow = ReadonlyMap<string, string>;

/** The rows of a CSV file or of its gzip; none when there is no such file. */
export async function readTable(path: string, required: readonly string[], signal: AbortSignal): Promise<RawRow[]> {
  const found = await firstExisting(path);
  // These rows are written again, so a malformed line is an error: skipping it would delete it.
  return found === undefined ? [] : readRows(found, required, 'refuse', signal);
}

export async function readRows(
  path: string,
  required: readonly string[],
  malformed: MalformedLines,
  signal: AbortSignal,
): Promise<RawRow[]> {
  const columns = [...(await readCsvColumns(path, required, malformed, signal))];
  return Array.from({ length: columns[0][1].length }, (_, row) => new Map(columns.map(([name, values]) => [name, values[row]])));
}

/** The path, or that of its gzip, or undefined. */
export async function firstExisting(path: string): Promise<string | undefined> {
  for (const candidate of [path, `${path}.gz`]) {
    try {
      await stat(candidate);
      return candidate;
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }
  return undefined;
}
