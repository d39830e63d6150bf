/** Rows as a Markdown table, the first one being its head. */
export function aligned(rows: readonly string[][]): string {
  const widths = rows[0].map((_, j) => Math.max(...rows.map((row) => row[j].length)));
  const lines = rows.map((row) => `| ${row.map((cell, j) => (j === 0 ? cell.padEnd(widths[j]) : cell.padStart(widths[j]))).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width, j) => (j === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`);
  return lines.join('\n');
}
