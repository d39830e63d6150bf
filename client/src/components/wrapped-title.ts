const WIDTH = 170;
/** Of a bold serif letter, in parts of its size: wide enough for most titles. */
const LETTER = 0.66;
const SIZES = [30, 26, 22, 19, 16];
const MOST_LINES = 5;

/** A title in lines that fit a poster 200 wide, as large as may be; what does not fit even then is cut. */
export function wrappedTitle(title: string): { lines: string[]; size: number } {
  for (const size of SIZES) {
    const letters = Math.floor(WIDTH / (size * LETTER));
    const lines = linesOf(title, letters);
    if (lines.length <= MOST_LINES && lines.every((line) => line.length <= letters)) return { lines, size };
  }
  const size = SIZES[SIZES.length - 1];
  const letters = Math.floor(WIDTH / (size * LETTER));
  const lines = linesOf(title, letters).map((line) => (line.length > letters ? `${line.slice(0, letters - 1)}…` : line));
  if (lines.length <= MOST_LINES) return { lines, size };
  return { lines: [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1].slice(0, letters - 1)}…`], size };
}

function linesOf(title: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
