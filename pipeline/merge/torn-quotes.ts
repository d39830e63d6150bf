import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { CsvFile } from './csv-file.ts';

/**
 * A quote that never closes would swallow every line up to the next quote. MovieLens' records never span lines, so there such a
 * line can be told for certain: it is blanked (which keeps the line numbers) in a copy that is read instead.
 */
export async function setTornLinesAside(
  file: CsvFile,
  copyPath: string,
): Promise<{ file: CsvFile; torn: { line: number; text: string }[] }> {
  const content = await readFile(file.path);
  const lines = (file.compression === 'gzip' ? gunzipSync(content) : content).toString('utf8').split('\n');
  const torn: { line: number; text: string }[] = [];
  for (const [index, text] of lines.entries()) {
    if (!text.includes('"') || !endsInsideQuotes(text)) continue;
    torn.push({ line: index + 1, text: text.trimEnd() });
    lines[index] = '';
  }
  if (torn.length === 0) return { file, torn };
  await writeFile(copyPath, lines.map((line) => line.replace(/\r$/, '')).join('\n'));
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
