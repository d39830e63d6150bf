import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../cli/stage.ts';
import { toHtml } from './html.ts';
import { toMarkdown } from './markdown.ts';
import type { Results } from './results.ts';

/** Writes report.md, report.html and metrics.json. Returns the line that names them. */
export async function writeReports(out: string, results: Results): Promise<string> {
  await mkdir(out, { recursive: true });
  await writeAtomically(join(out, 'report.md'), toMarkdown(results));
  await writeAtomically(join(out, 'report.html'), toHtml(results));
  await writeAtomically(join(out, 'metrics.json'), `${JSON.stringify(results, null, 1)}\n`);
  return `${join(out, 'report.html')}, report.md, metrics.json`;
}
