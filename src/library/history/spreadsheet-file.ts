import { HistoryFormatError } from './history-row.ts';

/** First bytes of a workbook of Excel 97 to 2003. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
/** A web page or XML under the name of a workbook, as Kinopoisk gave out. No table of CSV begins so. */
const MARKUP = /^\uFEFF?\s*<(?:!doctype\s|!--|html\b|head\b|meta\b|table\b|\?xml\s)/i;
/** Entries of zips that are workbooks. */
const WORKBOOK_ENTRIES = new Map([
  ['xl/workbook.xml', 'an Excel workbook (.xlsx)'],
  ['content.xml', 'an OpenDocument spreadsheet (.ods)'],
]);

/** Throws when the bytes are those of a workbook. */
export function refuseWorkbook(bytes: Uint8Array): void {
  if (OLE.every((byte, n) => bytes[n] === byte)) refuse('an Excel workbook (.xls)');
}

/** Throws when a zip that has this entry is a workbook. */
export function refuseWorkbookEntry(name: string): void {
  const kind = WORKBOOK_ENTRIES.get(name);
  if (kind !== undefined) refuse(kind);
}

/** Throws when the text is a web page or XML. */
export function refuseMarkup(text: string): void {
  if (MARKUP.test(text.slice(0, 1_000))) refuse('a web page or XML, which some sites name .xls');
}

function refuse(kind: string): never {
  throw new HistoryFormatError(`is ${kind}; open it in a spreadsheet program, save it as CSV, and import the CSV file`);
}
