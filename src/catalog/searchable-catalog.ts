import type { Catalog } from './catalog.ts';
import type { Filters } from './filters.ts';
import type { TitleSearch } from './title-search.ts';

/** The movies of one artifact version, with what finds them by filter and by title. */
export interface SearchableCatalog {
  catalog: Catalog;
  filters: Filters;
  search: TitleSearch;
}
