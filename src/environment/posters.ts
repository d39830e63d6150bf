import { z } from 'zod';
import { oneOf, wholeNumber } from './values.ts';

const TMDB = 'https://image.tmdb.org/t/p';

export const posterVariables = {
  POSTERS: oneOf(['tmdb', 'proxy', 'off'], 'tmdb'),
  POSTERS_ORIGIN: z
    .string()
    .trim()
    .transform((text) => text.replace(/\/+$/, ''))
    .refine((text) => /^https?:\/\/[^?#]+$/.test(text) && URL.canParse(text), `expected an address such as ${TMDB}`)
    .default(TMDB),
  POSTERS_CACHE_MB: wholeNumber(1, 1_000_000, 512),
};

export interface PosterSettings {
  /** `tmdb`: browsers ask the image server. `proxy`: this server asks it. `off`: no movie has a poster. */
  mode: 'tmdb' | 'proxy' | 'off';
  /** Address of the image server. */
  origin: string;
  /** The bound of the pictures that are kept on disk. */
  cacheBytes: number;
}

export function posterSettings(env: z.output<z.ZodObject<typeof posterVariables>>): PosterSettings {
  return { mode: env.POSTERS, origin: env.POSTERS_ORIGIN, cacheBytes: env.POSTERS_CACHE_MB * 1_048_576 };
}

/** The servers, beside this one, from which browsers get posters. */
export function pictureOrigins({ mode, origin }: PosterSettings): string[] {
  return mode === 'tmdb' ? [new URL(origin).origin] : [];
}
