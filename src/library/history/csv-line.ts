/** One line of CSV. A quote mark before a formula keeps spreadsheets from running it. */
export function csvLine(fields: readonly (string | number | null)[]): string {
  const cells = fields.map((field) => {
    const text = typeof field === 'string' && /^[=+\-@\t\r]/.test(field) ? `'${field}` : String(field ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\r\n`;
}
