import { InputError, quoted } from '../input-error.ts';
import { checkLength, MAX_LABELS } from '../list-caps.ts';
import type { Catalog } from './catalog.ts';
import type { MovieFilter } from './filters.ts';
import type { Label, LabelIndex } from './labels.ts';
import type { OfferFilter, ReadOfferFilter } from './offers.ts';
import { readTagFilters, type TagArguments } from './tag-filter.ts';

type Maybe<T> = T | null | undefined;

/** Filters as a caller writes them. A field that is null or left out, and an empty list, restricts nothing. */
export interface FilterArguments {
  services?: Maybe<string[]>;
  runtimeMin?: Maybe<number>;
  runtimeMax?: Maybe<number>;
  yearMin?: Maybe<number>;
  yearMax?: Maybe<number>;
  languages?: Maybe<string[]>;
  watch?: Maybe<OfferFilter>;
}

/** Filters of a list that is not ranked for a viewer. */
export interface MovieFilterArguments extends FilterArguments, TagArguments {
  genres?: Maybe<string[]>;
}

/** Rows of the labels with these names, in any spelling, ascending, each once. An InputError names the entry: `argument` is where the list stands. */
export function readLabels(names: Maybe<string[]>, kind: string, index: LabelIndex, argument: string): number[] {
  if (names === null || names === undefined) return [];
  checkLength(argument, names, MAX_LABELS);
  const rows = new Set<number>();
  names.forEach((name, i) => {
    const label = index.find(name);
    if (label === undefined) throw unknownLabel(name, kind, index, `${argument}[${i}]`);
    rows.add(label.index);
  });
  return [...rows].sort((a, b) => a - b);
}

/** Reads the filters except genres: the argument for genres has another name in each place. */
export function readFilter(catalog: Catalog, filter: FilterArguments, argument: string): Omit<MovieFilter, 'genres' | 'genreMatch'> {
  const runtimeMin = filter.runtimeMin ?? undefined;
  const runtimeMax = filter.runtimeMax ?? undefined;
  const yearMin = filter.yearMin ?? undefined;
  const yearMax = filter.yearMax ?? undefined;
  checkNotNegative(`${argument}.runtimeMin`, runtimeMin);
  checkNotNegative(`${argument}.runtimeMax`, runtimeMax);
  checkOrder(argument, 'runtimeMin', runtimeMin, 'runtimeMax', runtimeMax);
  checkOrder(argument, 'yearMin', yearMin, 'yearMax', yearMax);
  return {
    services: readLabels(filter.services, 'service', catalog.services, `${argument}.services`),
    languages: readLabels(filter.languages, 'language', catalog.languages, `${argument}.languages`),
    runtimeMin,
    runtimeMax,
    yearMin,
    yearMax,
    ...(filter.watch && offersIn(catalog.offers.read(notOfViewer(filter.watch, `${argument}.watch`), `${argument}.watch`))),
  };
}

/** The part of a filter that concerns offers. */
export function offersIn({ rows, since, leftSince }: ReadOfferFilter): Pick<MovieFilter, 'offers' | 'offersSince' | 'offersLeftSince'> {
  return {
    offers: rows,
    ...(since !== undefined && { offersSince: since }),
    ...(leftSince !== undefined && { offersLeftSince: leftSince }),
  };
}

function notOfViewer(watch: OfferFilter, argument: string): OfferFilter {
  if (watch.onMyServices === true) throw new InputError(`${argument}.onMyServices`, 'is known only in lists that are ranked for a viewer');
  return watch;
}

/** Reads the filters of a list that is not ranked. An InputError names the field of `filter`. */
export function readMovieFilter(catalog: Catalog, filter: MovieFilterArguments): MovieFilter {
  const tags = readTagFilters(catalog.columns, filter, 'filter');
  return {
    ...readFilter(catalog, filter, 'filter'),
    genres: readLabels(filter.genres, 'genre', catalog.genres, 'filter.genres'),
    genreMatch: 'ANY',
    ...(tags.length > 0 && { tags }),
  };
}

/** Reads a setting of `familiar`. An InputError names the argument. */
export function readFamiliar(value: Maybe<number>, argument: string): number | undefined {
  if (value === null || value === undefined) return undefined;
  if (!(value >= 0 && value <= 1))
    throw new InputError(argument, `is ${value}; it goes from 0 (hidden gems) to 1 (well known)`, { min: 0, max: 1 });
  return value;
}

function unknownLabel(name: string, kind: string, index: LabelIndex, argument: string): Error {
  const nearest = index.nearest(name);
  const allowed = index.labels.map((label: Label) => label.name);
  const hint = nearest.length === 0 ? `the catalogue has no ${kind}s` : `did you mean ${listed(nearest)}?`;
  return new InputError(argument, `there is no ${kind} ${quoted(name)}; ${hint}`, { nearest, allowed });
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function checkNotNegative(argument: string, value: number | undefined): void {
  if (value !== undefined && value < 0) throw new InputError(argument, `is ${value}; it must not be negative`, { min: 0 });
}

function checkOrder(argument: string, lowName: string, low: number | undefined, highName: string, high: number | undefined): void {
  if (low === undefined || high === undefined || low <= high) return;
  throw new InputError(`${argument}.${lowName}`, `is ${low}, above ${highName}, which is ${high}`);
}
