import { readFileSync } from 'node:fs';
import type { Catalog } from '../src/catalog/catalog.ts';
import type { SearchableCatalog } from '../src/catalog/searchable-catalog.ts';
import { foldText } from '../src/engine/search/fold-text.ts';

/** A query, and whether a movie is the right first answer to it. */
export interface TitleQuery {
  text: string;
  isAnswer(catalog: Catalog, row: number): boolean;
}

/** Lines of search-queries.tsv: a query with the title and year of its answer, or with "@" and a person of whom any movie is right. */
export const TITLE_QUERIES: TitleQuery[] = readFileSync(new URL('./search-queries.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'))
  .map(([text, answer, year]) => ({
    text,
    isAnswer: (catalog, row) =>
      answer.startsWith('@') ? isOf(catalog, row, answer.slice(1)) : hasTitle(catalog, row, answer) && isAbout(catalog, row, Number(year)),
  }));

export interface SearchAccuracy {
  /** Share of the queries whose first answer is right. */
  first: number;
  amongThree: number;
  /** Queries whose first answer is wrong, for the message of a failed test. */
  wrong: string[];
}

export async function measureSearch(
  { catalog, filters, search }: SearchableCatalog,
  queries: readonly TitleQuery[],
): Promise<SearchAccuracy> {
  const everything = filters.candidates({ genres: [], genreMatch: 'ANY', services: [], languages: [] });
  let [first, amongThree] = [0, 0];
  const wrong: string[] = [];
  for (const { text, isAnswer } of queries) {
    const { movies } = await search.search(text, everything, 0, 3);
    const place = movies.findIndex((row) => isAnswer(catalog, row));
    if (place === 0) first++;
    else wrong.push(`${text}: ${movies.map((row) => catalog.columns.titles.get(row)).join(', ')}`);
    if (place >= 0) amongThree++;
  }
  return { first: first / queries.length, amongThree: amongThree / queries.length, wrong };
}

/** Data sets differ by a year: the first showing, or the first in the country. */
function isAbout(catalog: Catalog, row: number, year: number): boolean {
  return Math.abs(catalog.columns.years[row] - year) <= 1;
}

function hasTitle(catalog: Catalog, row: number, title: string): boolean {
  const { titles, alternativeTitles } = catalog.columns;
  return [titles.get(row), ...alternativeTitles.get(row).split('|')].some((one) => plain(one) === plain(title));
}

function isOf(catalog: Catalog, row: number, person: string): boolean {
  const index = catalog.indexAt(row);
  return [...catalog.directors(index), ...catalog.cast(index)].includes(person);
}

function plain(title: string): string {
  return foldText(title)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
