/**
 * Splits a CSV text into records. Quoted fields may hold commas, doubled quotes and line ends. Blank lines are left out.
 * Tests check written files with this parser, which shares no code with the reader of the pipeline.
 */
export function parseRecords(text: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let wasQuoted = false;
  const endField = () => {
    fields.push(field);
    field = '';
    wasQuoted = false;
  };
  const endRecord = () => {
    const blank = fields.length === 0 && field === '' && !wasQuoted;
    endField();
    if (!blank) records.push(fields);
    fields = [];
  };
  for (let index = text.startsWith('\uFEFF') ? 1 : 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[index + 1] === '"') {
        field += '"';
        index++;
      } else quoted = false;
    } else if (character === '"' && field === '') {
      quoted = true;
      wasQuoted = true;
    } else if (character === ',') endField();
    else if (character === '\n') endRecord();
    else if (character === '\r' && text[index + 1] === '\n') continue;
    else field += character;
  }
  if (field !== '' || fields.length > 0 || wasQuoted) endRecord();
  return records;
}
