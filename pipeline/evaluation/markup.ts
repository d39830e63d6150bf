/** Escapes text for HTML and SVG, in content and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** An SVG coordinate, rounded to a tenth of a pixel. */
export function coordinate(value: number): string {
  return (Math.round(value * 10) / 10).toString();
}
