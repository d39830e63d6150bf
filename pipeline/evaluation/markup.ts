/** Text as HTML or SVG shows it literally, in content and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** An SVG coordinate: a tenth of a pixel is enough. */
export function coordinate(value: number): string {
  return (Math.round(value * 10) / 10).toString();
}
