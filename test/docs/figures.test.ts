import { describe, expect, it } from 'vitest';
import { type FigureRun, mergedRuns, quotedFigures, readFigureRuns, withFigures } from '../../bench/figures.ts';
import { PAGES, proseOf, readPage } from './markdown.ts';

const RUNS = readFigureRuns();
/** Pages that claim speed or accuracy. A number with a unit of measurement there is a figure, and is marked as one. */
const CLAIMS = PAGES.filter((page) => page === 'README.md' || page.startsWith('docs/explanation/'));
const MEASUREMENT = /(?<![\w.-])\d[\d.,]*(?:-\d+)? (?:ms|s|min|MB|GB|requests\/s)\b|(?<![\w.])0\.\d{4}\b/g;

const run = (command: string, figures: Record<string, string>): FigureRun => ({ command, machine: 'm', date: '2026-01-01', figures });

describe('figures of the docs', () => {
  it.each(PAGES)('%s quotes figures as docs/figures.json has them', (page) => {
    const text = readPage(page);
    const { names, comments } = quotedFigures(text);
    expect(names).toHaveLength(comments);
    expect(withFigures(text, RUNS)).toBe(text);
  });

  it.each(CLAIMS)('%s marks every measurement', (page) => {
    const unmarked = proseOf(page).replace(/<!-- figure: [\w.-]+ -->\d[\d.,]*(?:-\d+)?(?: (?:ms|s|min|MB|GB|requests\/s))?/g, '');
    expect([...unmarked.matchAll(MEASUREMENT)].map(([text]) => text)).toEqual([]);
  });

  it('stand once each, with machine, date and command', () => {
    const names = RUNS.flatMap(({ figures }) => Object.keys(figures));
    expect(names).toEqual([...new Set(names)]);
    for (const { command, machine, date } of RUNS) {
      expect(command).not.toBe('');
      expect(machine).not.toBe('');
      expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});

describe('recorded figures', () => {
  it('replace older ones of the same names, and leave the others', () => {
    const before = [run('a', { 'a.x': '1 ms', 'a.y': '2 ms' }), run('b', { 'b.x': '3 ms' })];
    const now = run('c', { 'a.y': '4 ms', 'b.x': '5 ms' });
    expect(mergedRuns(before, now)).toEqual([run('a', { 'a.x': '1 ms' }), now]);
  });

  it('are filled in where a page quotes them', () => {
    const page = '| <!-- figure: a.x -->1.25 ms / <!-- figure: a.y -->60-130 ms | <!-- figure: a.z -->1,234, and 5 ms.';
    const figures = { 'a.x': '2 ms', 'a.y': '70 ms', 'a.z': '999' };
    const filled = '| <!-- figure: a.x -->2 ms / <!-- figure: a.y -->70 ms | <!-- figure: a.z -->999, and 5 ms.';
    expect(withFigures(page, [run('a', figures)])).toBe(filled);
    expect(() => withFigures(page, [])).toThrow('docs/figures.json has no figure "a.x"');
  });
});
