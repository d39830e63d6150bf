import type { Catalog } from '../../catalog/catalog.ts';
import { Movie } from '../movie/movie.type.ts';

/**
 * A movie that a viewer keeps and the catalogue no longer has: its id, and title and year as they were. Everything else is unknown,
 * until a version of the catalogue has it again.
 */
export class AbsentMovie extends Movie {
  readonly #kept: { movieId: number; title: string; year: number | null };

  constructor(catalog: Catalog, kept: { movieId: number; title: string; year: number | null }) {
    super(catalog, -1);
    this.#kept = kept;
  }

  override get isInCatalog(): boolean {
    return false;
  }

  override get id(): string {
    return String(this.#kept.movieId);
  }

  override get title(): string {
    return this.#kept.title;
  }

  override get year(): number | null {
    return this.#kept.year;
  }

  override get imdbId(): null {
    return null;
  }

  override get tmdbId(): null {
    return null;
  }

  override get runtime(): null {
    return null;
  }

  override get overview(): null {
    return null;
  }

  override get genres(): [] {
    return [];
  }

  override get services(): [] {
    return [];
  }

  override get directors(): [] {
    return [];
  }

  override get cast(): [] {
    return [];
  }

  override get keywords(): [] {
    return [];
  }

  override get originalLanguage(): null {
    return null;
  }

  override get ratingAverage(): null {
    return null;
  }

  override get ratingCount(): number {
    return 0;
  }

  override get posterPath(): null {
    return null;
  }
}
