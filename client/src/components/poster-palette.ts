export interface Palette {
  ground: string;
  shape: string;
  glow: string;
  ink: string;
  /** Non-negative, of 31 bits. */
  seed: number;
}

/** Hues in degrees by genre id: what audiences have learned to expect of each. */
const HUES: Record<string, number> = {
  action: 18,
  adventure: 38,
  animation: 190,
  children: 48,
  comedy: 52,
  crime: 350,
  documentary: 160,
  drama: 265,
  family: 48,
  fantasy: 290,
  'film-noir': 225,
  history: 30,
  horror: 2,
  imax: 205,
  music: 325,
  musical: 325,
  mystery: 245,
  romance: 340,
  'sci-fi': 200,
  'science-fiction': 200,
  thriller: 175,
  war: 85,
  western: 28,
};

/** The colours of a film's genres; films without one, or with unknown ones, have a hue of their title's. */
export function paletteOf(title: string, genres: readonly { id: string }[]): Palette {
  const seed = hashOf(title);
  const [main, second] = genres.map(({ id }) => HUES[id]).filter((hue) => hue !== undefined);
  const hue = (main ?? seed % 360) + ((seed >> 9) % 21) - 10;
  const other = second ?? hue + 45 + ((seed >> 4) % 40);
  return {
    ground: `oklch(0.24 0.045 ${hue})`,
    shape: `oklch(0.43 0.1 ${hue})`,
    glow: `oklch(0.74 0.14 ${other})`,
    ink: `oklch(0.96 0.015 ${hue})`,
    seed,
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & 0x7fffffff;
}
