import { expect, it } from 'vitest';
import { makeZip } from '../../../test/zip-fixture.ts';
import { readHistoryFiles } from './history-files.ts';

const read = async (name: string, content: string | Uint8Array) => (await readHistoryFiles([{ name, content, options: {} }]))[0];

it.each([
  [
    'the page that Kinopoisk gave out',
    'votes.xls',
    '<html><meta charset="windows-1251"><table><tr><td>Heat',
    'a web page or XML, which some sites name .xls',
  ],
  ['XML of Excel', 'votes.xls', '\uFEFF<?xml version="1.0"?>\n<Workbook>', 'a web page or XML, which some sites name .xls'],
  ['Excel 97', 'votes.xls', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'an Excel workbook (.xls)'],
  ['Excel', 'votes.xlsx', makeZip([{ name: 'xl/workbook.xml', content: '<x/>' }]), 'an Excel workbook (.xlsx)'],
  ['OpenDocument', 'votes.ods', makeZip([{ name: 'content.xml', content: '<x/>' }]), 'an OpenDocument spreadsheet (.ods)'],
])('a file of %s is refused, with how to save it', async (_, name, content, kind) => {
  const advice = 'open it in a spreadsheet program, save it as CSV, and import the CSV file';
  expect(await read(name, content)).toEqual({ name, archive: null, history: null, problem: `is ${kind}; ${advice}` });
});

it('the CSV of a Russian spreadsheet is read: Windows-1251, semicolons, decimal commas', async () => {
  const text =
    'русскоязычное название;оригинальное название;год;моя оценка;рейтинг КиноПоиска;дата и время\n' +
    'Схватка;Heat;1995;9;8,1;25.04.2023, 20:10\nСталкер;;1979;10;8,1;26.04.2023, 20:10\n';
  // Capital and small letters follow each other in both encodings.
  const bytes = Uint8Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code < 128 ? code : code - 0x410 + 0xc0;
  });
  const file = await read('votes.csv', bytes);
  expect(file?.history?.columns.map(({ column, field }) => [column, field])).toEqual([
    ['русскоязычное название', 'TITLE'],
    ['оригинальное название', 'ORIGINAL_TITLE'],
    ['год', 'YEAR'],
    ['моя оценка', 'RATING'],
    ['рейтинг кинопоиска', null],
    ['дата и время', 'RATED_AT'],
  ]);
  expect(file?.history?.rows.map(({ title, year, rating, problem }) => [title, year, rating, problem])).toEqual([
    ['Heat', 1995, 4.5, null],
    ['Сталкер', 1979, 5, null],
  ]);
});
