import type { Tagging } from '../engine/artifacts/catalog-columns.ts';
import type { Bitset } from '../engine/linalg/bitset.ts';
import { foldText } from '../engine/search/fold-text.ts';
import { nearestNames } from './nearest-names.ts';

/** A genre, a streaming service or a language of the catalog. */
export interface Label {
  /** Row of the tagging's names. */
  index: number;
  /** The name in lower case, with "-" for everything but letters and digits: 'sci-fi' for 'Sci-Fi'. Unique within its index. */
  id: string;
  name: string;
  movieCount: number;
}

/** Spellings whose letters differ from those of the name. */
const ALIASES: Record<string, string> = {
  sciencefiction: 'scifi',
  // Names of services before TMDb's own were taken, and the other way round: stored preferences keep working.
  disney: 'disneyplus',
  max: 'hbomax',
  hbomax: 'max',
  paramount: 'paramountplus',
  peacock: 'peacockpremium',
  discovery: 'discoveryplus',
  appletvplus: 'appletv',
  amazonprimevideo: 'amazonvideo',
  amazonvideo: 'amazonprimevideo',
};

const MINE = 'Mine';

/** Finds labels by slug or name. Case, punctuation and accents make no difference. */
export class LabelIndex {
  /** In alphabetical order of their names, after the service of what the owner has. */
  readonly labels: readonly Label[];
  readonly #byRow: Label[] = [];
  /** Earlier entries win, so an exact spelling wins over a reduced one. */
  readonly #bySpelling = new Map<string, Label>();

  /** Movies that are hidden do not count. */
  constructor(tagging: Tagging, hidden?: Bitset) {
    const counts = countMovies(tagging, hidden);
    const slugs = new Set<string>();
    tagging.names.toArray().forEach((name, index) => {
      const id = uniqueSlug(name, slugs);
      slugs.add(id);
      this.#byRow.push({ index, id, name, movieCount: counts[index] });
    });
    this.labels = this.#byRow.toSorted((a, b) => a.name.localeCompare(b.name, 'en')).sort(mineFirst);
    const spellings = [
      (label: Label) => label.id,
      (label: Label) => label.name.toLowerCase(),
      (label: Label) => lettersOf(label.name),
      (label: Label) => lettersOf(spellOut(label.name)),
    ];
    for (const spelling of spellings) for (const label of this.#byRow) this.#add(spelling(label), label);
    for (const [alias, letters] of Object.entries(ALIASES)) {
      const label = this.#bySpelling.get(letters);
      if (label !== undefined) this.#add(alias, label);
    }
  }

  /** The label of the most movies first. */
  byMovieCount(): Label[] {
    return this.labels.toSorted((a, b) => b.movieCount - a.movieCount);
  }

  at(index: number): Label {
    return this.#byRow[index];
  }

  /** The label with this slug or name, or undefined. */
  find(input: string): Label | undefined {
    const text = input.trim().toLowerCase();
    return this.#bySpelling.get(text) ?? this.#bySpelling.get(slugOf(text)) ?? this.#bySpelling.get(lettersOf(text));
  }

  /** Rows of the labels with these slugs or names, ascending, each once. What names no label is skipped. */
  rowsOf(inputs: readonly string[]): number[] {
    const rows = new Set<number>();
    for (const input of inputs) {
      const label = this.find(input);
      if (label !== undefined) rows.add(label.index);
    }
    return [...rows].sort((a, b) => a - b);
  }

  /** The names closest to `input`, closest first. */
  nearest(input: string): string[] {
    return nearestNames(
      input,
      this.labels.map((label) => label.name),
    );
  }

  #add(spelling: string, label: Label): void {
    if (spelling !== '' && !this.#bySpelling.has(spelling)) this.#bySpelling.set(spelling, label);
  }
}

/** The service of the movies that the owner has costs nothing more. */
export function mineFirst(a: Label, b: Label): number {
  return Number(b.name === MINE) - Number(a.name === MINE);
}

export function slugOf(name: string): string {
  return foldText(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** "Apple TV" and "Apple TV+" are two services. A repeated slug has its signs spelled out, or else a number added. */
function uniqueSlug(name: string, taken: ReadonlySet<string>): string {
  for (const candidate of [slugOf(name), slugOf(spellOut(name))]) if (candidate !== '' && !taken.has(candidate)) return candidate;
  const base = slugOf(name) || 'unnamed';
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

function spellOut(name: string): string {
  return name.replace(/\+/g, ' plus').replace(/&/g, ' and ');
}

function lettersOf(name: string): string {
  return foldText(name).replace(/[^\p{L}\p{N}]+/gu, '');
}

function countMovies({ names, offsets, indices }: Tagging, hidden?: Bitset): Uint32Array {
  const counts = new Uint32Array(names.length);
  for (let p = 0; p < indices.length; p++) counts[indices[p]]++;
  for (const row of hidden?.toIndices() ?? []) for (let p = offsets[row]; p < offsets[row + 1]; p++) counts[indices[p]]--;
  return counts;
}
