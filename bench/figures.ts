import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const FILE = `${PROJECT}/docs/figures.json`;

/** Figures of one measurement, as the docs quote them: "0.53 ms" under "real.request.p50". */
export interface FigureRun {
  command: string;
  machine: string;
  date: string;
  figures: Record<string, string>;
}

/** A quoted figure: the comment that names it, then a number or a range of numbers, and a unit. */
const QUOTED = /<!-- figure: ([\w.-]+) -->(\d[\d.,]*\d|\d)(-\d+)?( (?:ms|s|min|MB|GB|requests\/s))?(?![\w-])/g;

export function readFigureRuns(): FigureRun[] {
  const file: { runs: FigureRun[] } = JSON.parse(readFileSync(FILE, 'utf8'));
  return file.runs;
}

/** Writes the figures of a run to docs/figures.json. Older figures of the same names go. */
export function recordFigures(run: FigureRun): void {
  writeFileSync(FILE, `${JSON.stringify({ runs: mergedRuns(readFigureRuns(), run) }, null, 2)}\n`);
}

/** Writes the recorded figures into the pages that quote them. */
export function fillPages(): void {
  const runs = readFigureRuns();
  for (const name of globSync(['*.md', 'docs/**/*.md', 'bench/*.md'], { cwd: PROJECT })) {
    const page = readFileSync(`${PROJECT}/${name}`, 'utf8');
    const filled = withFigures(page, runs);
    if (filled !== page) writeFileSync(`${PROJECT}/${name}`, filled);
  }
}

/** Writes a table that was measured as a whole into its page, between the comments `measured: NAME` and `/measured: NAME`. */
export function recordTable(page: string, name: string, text: string): void {
  const file = `${PROJECT}/${page}`;
  writeFileSync(file, withTable(readFileSync(file, 'utf8'), name, text));
}

export function withTable(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- measured: ${name} -->\n`, `<!-- /measured: ${name} -->\n`];
  const [before, rest] = page.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error(`the page has no place for the table "${name}"`);
  return `${before}${begin}${text}\n${end}${after}`;
}

export function mergedRuns(runs: readonly FigureRun[], run: FigureRun): FigureRun[] {
  const older = runs.map((before) => ({
    ...before,
    figures: Object.fromEntries(Object.entries(before.figures).filter(([name]) => run.figures[name] === undefined)),
  }));
  return [...older.filter(({ figures }) => Object.keys(figures).length > 0), run];
}

/** The page with each quoted figure as `runs` have it. Throws when a page quotes a figure that no run has. */
export function withFigures(page: string, runs: readonly FigureRun[]): string {
  const figures = new Map(runs.flatMap((run) => Object.entries(run.figures)));
  return page.replace(QUOTED, (_, name: string) => {
    const figure = figures.get(name);
    if (figure === undefined) throw new Error(`docs/figures.json has no figure "${name}"`);
    return `<!-- figure: ${name} -->${figure}`;
  });
}

/** Names of all figures that a page quotes, and how many comments name one. The two differ where no number follows. */
export function quotedFigures(page: string): { names: string[]; comments: number } {
  return { names: [...page.matchAll(QUOTED)].map(([, name]) => name), comments: page.split('<!-- figure:').length - 1 };
}
