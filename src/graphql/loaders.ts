// Before the first decorated class: TypeGraphQL looks for it when a decorator runs.
import 'reflect-metadata';
import DataLoader from 'dataloader';
import type { Catalog, MovieIndex } from '../catalog/catalog.ts';
import { Movie } from './movie/movie.type.ts';

/**
 * One request's loaders. Every movie of a response comes through `movie`, so a page asks once for all of them at each level of its
 * query, and a movie reached twice is one object.
 */
export class Loaders {
  readonly movie: DataLoader<MovieIndex, Movie>;
  /** How many batches were asked for: what a test counts. */
  movieBatches = 0;

  constructor(catalog: Catalog) {
    this.movie = new DataLoader(async (indices) => {
      this.movieBatches++;
      return indices.map((index) => new Movie(catalog, index));
    });
  }
}
