import genreSpellings from './genres.json' with { type: 'json' };

export interface GenreSpelling {
  /** Lower case; each run of blanks, hyphens and underscores is one space. */
  readonly spelling: string;
  /** Null: not a genre of movies. One spelling may mean two genres. */
  readonly genre: string | null;
}

export function listGenreSpellings(): GenreSpelling[] {
  return Object.entries(genreSpellings).flatMap(([genres, others]) => {
    const names = genres === '' ? [null] : genres.split('|');
    const spellings = names.length === 1 && names[0] ? [normaliseSpelling(names[0]), ...others] : others;
    return [...new Set(spellings)].flatMap((spelling) => names.map((genre) => ({ spelling, genre })));
  });
}

export interface LanguageName {
  /** A code or a name, lower case. */
  readonly name: string;
  /** ISO 639-1. */
  readonly code: string;
}

// TMDb's code for Cantonese, codes that ISO withdrew, and names that CLDR spells differently.
const otherLanguageNames: Readonly<Record<string, string>> = {
  cn: 'zh',
  cantonese: 'zh',
  mandarin: 'zh',
  bengali: 'bn',
  oriya: 'or',
  sinhalese: 'si',
  uighur: 'ug',
  kirghiz: 'ky',
  iw: 'he',
  in: 'id',
  ji: 'yi',
  mo: 'ro',
  farsi: 'fa',
  panjabi: 'pa',
  tagalog: 'tl',
  filipino: 'tl',
  flemish: 'nl',
  'norwegian bokmal': 'nb',
};

/** All two-letter language codes that Node knows, each under its code, its English name and its native name. */
export function listLanguageNames(): LanguageName[] {
  const codes = new Map<string, string>();
  const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (const first of letters) {
    for (const second of letters) {
      const code = first + second;
      const name = english.of(code);
      if (name === undefined) continue;
      codes.set(code, code);
      if (!codes.has(name.toLowerCase())) codes.set(name.toLowerCase(), code);
      const own = new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code)?.toLowerCase();
      if (own !== undefined && !codes.has(own)) codes.set(own, code);
    }
  }
  for (const [name, code] of Object.entries(otherLanguageNames)) codes.set(name, code);
  return [...codes].map(([name, code]) => ({ name, code }));
}

function normaliseSpelling(genre: string): string {
  return genre.toLowerCase().replace(/[\s_-]+/g, ' ');
}
