import { seededBy } from '../seeded.ts';

/** The colours of one drawn poster. */
export interface Palette {
  /** The ground below the title, which is written in `ink`. */
  ground: string;
  ink: string;
  /** The ground of the picture. */
  sky: string;
  shape: string;
  glow: string;
}

type Mood = 'night' | 'deep' | 'bright' | 'paper';

/** Lightness and chroma of each colour. Text has a contrast of at least 7 to 1. */
const MOODS: Record<Mood, Record<keyof Palette, readonly [number, number]>> = {
  night: { ground: [0.19, 0.03], ink: [0.96, 0.02], sky: [0.27, 0.06], shape: [0.42, 0.1], glow: [0.8, 0.14] },
  deep: { ground: [0.3, 0.085], ink: [0.97, 0.02], sky: [0.42, 0.115], shape: [0.54, 0.13], glow: [0.86, 0.12] },
  bright: { ground: [0.83, 0.13], ink: [0.25, 0.06], sky: [0.9, 0.08], shape: [0.68, 0.16], glow: [0.56, 0.18] },
  paper: { ground: [0.95, 0.018], ink: [0.26, 0.045], sky: [0.87, 0.06], shape: [0.68, 0.11], glow: [0.58, 0.17] },
};

/** Hue in degrees and moods by genre id: the colours that audiences associate with each genre. */
const GENRES: Record<string, { hue: number; moods: readonly Mood[] }> = {
  action: { hue: 35, moods: ['night', 'deep'] },
  adventure: { hue: 65, moods: ['deep', 'paper', 'bright'] },
  animation: { hue: 215, moods: ['bright', 'deep', 'paper'] },
  comedy: { hue: 90, moods: ['bright', 'paper', 'deep'] },
  crime: { hue: 265, moods: ['night', 'paper', 'deep'] },
  documentary: { hue: 165, moods: ['paper', 'deep'] },
  drama: { hue: 245, moods: ['deep', 'paper', 'night'] },
  family: { hue: 120, moods: ['bright', 'paper'] },
  fantasy: { hue: 305, moods: ['deep', 'night', 'bright'] },
  'film-noir': { hue: 255, moods: ['night'] },
  history: { hue: 75, moods: ['paper', 'deep'] },
  horror: { hue: 20, moods: ['night', 'night', 'deep'] },
  music: { hue: 345, moods: ['deep', 'bright', 'night'] },
  mystery: { hue: 285, moods: ['night', 'deep', 'paper'] },
  romance: { hue: 5, moods: ['deep', 'paper', 'bright'] },
  'sci-fi': { hue: 200, moods: ['night', 'deep'] },
  thriller: { hue: 180, moods: ['night', 'deep', 'paper'] },
  war: { hue: 110, moods: ['deep', 'night', 'paper'] },
  western: { hue: 50, moods: ['deep', 'paper', 'bright'] },
};

/** The random numbers of a movie's poster. */
export function drawnBy({ title, year }: { title: string; year?: number | null | undefined }): () => number {
  return seededBy(`${title} ${year ?? ''}`);
}

export const KNOWN_GENRES: readonly string[] = Object.keys(GENRES);

/** The colours of a movie's first two genres. A movie without a known genre gets a hue of its own. `draw` returns numbers from 0 to 1. */
export function paletteOf(genres: readonly string[], draw: () => number): Palette {
  const [main, second] = genres.map((id) => GENRES[id]).filter((known) => known !== undefined);
  const moods = main?.moods ?? ['night', 'deep', 'paper'];
  const mood = MOODS[moods[Math.floor(draw() * moods.length)]];
  const hue = (main?.hue ?? draw() * 360) + (draw() - 0.5) * 44;
  const apart = Math.abs((((second?.hue ?? hue) - hue + 540) % 360) - 180);
  // The accent takes the second genre's hue, unless that is close to the first one's.
  const other = second !== undefined && apart > 40 ? second.hue : hue + 60 + draw() * 140;
  const colour = (part: keyof Palette, at: number): string => `oklch(${mood[part][0]} ${mood[part][1]} ${Math.round(at)})`;
  return {
    ground: colour('ground', hue),
    ink: colour('ink', hue),
    sky: colour('sky', hue),
    shape: colour('shape', hue + (draw() - 0.5) * 30),
    glow: colour('glow', other),
  };
}
