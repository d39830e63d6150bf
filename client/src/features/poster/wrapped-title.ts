/** The lettering of a title: as it is in a serif, or in capitals. */
export type Voice = 'serif' | 'heavy' | 'wide';

const WIDTH = 168;
const HEIGHT = 74;
export const LINE_HEIGHT = 1.08;
const SIZES = [32, 28, 25, 22, 19, 17, 15, 13];

/** Widths of letters relative to the font size, measured in our fonts and rounded up. System fonts are hardly wider. */
const LETTERS: Record<Voice, { narrow: number; usual: number; capital: number; broad: number }> = {
  serif: { narrow: 0.36, usual: 0.58, capital: 0.74, broad: 0.98 },
  heavy: { narrow: 0.4, usual: 0.66, capital: 0.7, broad: 0.94 },
  wide: { narrow: 0.42, usual: 0.7, capital: 0.76, broad: 0.98 },
};
const FULL_WIDTH = 1.05;

/**
 * Breaks a title into lines that fit its area on a poster (168 by 74), as large as possible. What does not fit at the smallest size is
 * cut.
 */
export function wrappedTitle(title: string, voice: Voice): { lines: string[]; size: number } {
  const text = voice === 'serif' ? title : title.toUpperCase();
  let lines: string[] = [];
  let size = 0;
  for (size of SIZES) {
    lines = linesOf(text, WIDTH / size, voice);
    if (lines.length * size * LINE_HEIGHT <= HEIGHT && lines.every((line) => widthOf(line, voice) * size <= WIDTH)) return { lines, size };
  }
  const most = Math.floor(HEIGHT / (size * LINE_HEIGHT));
  return { lines: lines.slice(0, most).map((line, n) => cut(line, WIDTH / size, voice, n === most - 1 && lines.length > most)), size };
}

/** Relative to the font size. */
export function widthOf(text: string, voice: Voice): number {
  const { narrow, usual, capital, broad } = LETTERS[voice];
  let width = 0;
  for (const letter of text) {
    if (/[\u1100-\u11ff\u2e80-\ud7ff\uff00-\uffef]/.test(letter)) width += FULL_WIDTH;
    else if (/[mwMW@%&…—ŒÆ]/.test(letter)) width += broad;
    else if (/[\p{Lu}\d]/u.test(letter)) width += /[IJ1]/.test(letter) ? narrow : capital;
    else if (/[iljtfr .,:;'’!|()/-]/.test(letter)) width += narrow;
    else width += usual;
  }
  return width;
}

function linesOf(title: string, width: number, voice: Voice): string[] {
  const lines: string[] = [];
  for (const word of title.split(/\s+/)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer, voice) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function cut(line: string, width: number, voice: Voice, goesOn: boolean): string {
  if (!goesOn && widthOf(line, voice) <= width) return line;
  let kept = line;
  while (kept !== '' && widthOf(`${kept}…`, voice) > width) kept = kept.slice(0, -1);
  return `${kept}…`;
}
