/**
 * Splits CSV text with LF line ends into records (RFC 4180). Throws on a quote in the wrong place.
 * Tests check written files with this parser, which shares no code with the reader of the pipeline.
 */
export function parseRecords(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    do row.push(text[at] === '"' ? quotedField() : plainField());
    while (text[at++] === ',');
    if (at <= text.length && text[at - 1] !== '\n') throw new Error(`row ${rows.length + 1}: found ${text[at - 1]} after a quoted field`);
    rows.push(row);
  }
  return rows;

  function quotedField(): string {
    const start = ++at;
    while (text[at] !== '"' || text[at + 1] === '"') {
      if (at >= text.length) throw new Error(`row ${rows.length + 1}: unclosed quote`);
      at += text[at] === '"' ? 2 : 1;
    }
    return text.slice(start, at++).replaceAll('""', '"');
  }

  function plainField(): string {
    const start = at;
    while (at < text.length && text[at] !== ',' && text[at] !== '\n') at++;
    const field = text.slice(start, at);
    if (field.includes('"')) throw new Error(`row ${rows.length + 1}: a quote in a field without quotes: ${field}`);
    return field;
  }
}
