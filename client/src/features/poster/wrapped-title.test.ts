import { describe, expect, it } from 'vitest';
import { LINE_HEIGHT, type Voice, widthOf, wrappedTitle } from './wrapped-title.ts';

const TITLES = [
  'M',
  'Jaws',
  'Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb',
  'Supercalifragilisticexpialidocious',
  'Birds of Prey (and the Fantabulous Emancipation of One Harley Quinn), a Title That Goes On and On and On',
  '千と千尋の神隠し',
];

describe.each<Voice>(['serif', 'heavy', 'wide'])('a title in %s', (voice) => {
  it.each(TITLES)('%s fits its area on the poster', (title) => {
    const { lines, size } = wrappedTitle(title, voice);
    expect(lines.length * size * LINE_HEIGHT).toBeLessThanOrEqual(74);
    for (const line of lines) expect(widthOf(line, voice) * size).toBeLessThanOrEqual(168);
  });
});

describe('a title', () => {
  it('is as large as possible and breaks between words', () => {
    expect(wrappedTitle('The Thing', 'serif')).toEqual({ lines: ['The Thing'], size: 32 });
    expect(wrappedTitle('Back to the Future', 'serif')).toEqual({ lines: ['Back to', 'the Future'], size: 32 });
  });

  it('is cut when it does not fit at the smallest size', () => {
    expect(wrappedTitle('Supercalifragilisticexpialidocious'.repeat(2), 'wide').lines).toEqual([expect.stringMatching(/^SUPERCALIF\w+…$/)]);
    expect(wrappedTitle(TITLES[4], 'heavy').lines.at(-1)).toMatch(/…$/);
  });
});
