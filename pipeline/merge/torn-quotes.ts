import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { CsvFile } from '../data/csv-file.ts';

/**
 * An unclosed quote makes the reader take all text up to the next quote as one field. Records of MovieLens never span lines, so a
 * line with an unclosed quote is malformed. Such lines are blanked, which keeps the line numbers, in a copy that is read instead.
 */
export async function setTornLinesAside(
  file: CsvFile,
  copyPath: string,
): Promise<{ file: CsvFile; torn: { line: number; text: string }[] }> {
  const content = await readFile(file.path);
  // Latin-1 keeps every byte, so that the reader still finds text that is not UTF-8.
  const lines = (file.compression === 'gzip' ? gunzipSync(content) : content).toString('latin1').split('\n');
  const torn: { line: number; text: string }[] = [];
  for (const [index, text] of lines.entries()) {
    if (!text.includes('"') || !endsInsideQuotes(text)) continue;
    torn.push({ line: index + 1, text: Buffer.from(text, 'latin1').toString('utf8').trimEnd() });
    lines[index] = '';
  }
  if (torn.length === 0) return { file, torn };
  await writeFile(copyPath, lines.map((line) => line.replace(/\r$/, '')).join('\n'), 'latin1');
  return { file: { ...file, path: copyPath, compression: 'none' }, torn };
}

function endsInsideQuotes(line: string): boolean {
  let quoted = false;
  let fieldStart = true;
  for (let index = 0; index < line.length; index++) {
    const character = line[index];
    if (quoted) {
      if (character !== '"') continue;
      if (line[index + 1] === '"') index++;
      else quoted = false;
    } else {
      if (character === '"' && fieldStart) quoted = true;
      fieldStart = character === ',';
    }
  }
  return quoted;
}
