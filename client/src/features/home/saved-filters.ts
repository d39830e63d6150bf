const KEY = 'filters';
/** More would not fit above a list. */
export const MAX_SAVED = 12;
export const MAX_NAME_LENGTH = 40;

/** Filters with a name, kept in this browser. */
export interface SavedFilters {
  name: string;
  /** As in the address. */
  search: string;
}

export function savedFilters(): SavedFilters[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isSaved).slice(0, MAX_SAVED) : [];
  } catch {
    return [];
  }
}

/** Adds filters, or replaces those of the same name. Returns all. */
export function saveFilters(added: SavedFilters): SavedFilters[] {
  return store([...savedFilters().filter(({ name }) => name !== added.name), added].slice(-MAX_SAVED));
}

export function deleteSaved(name: string): SavedFilters[] {
  return store(savedFilters().filter((saved) => saved.name !== name));
}

function store(all: SavedFilters[]): SavedFilters[] {
  localStorage.setItem(KEY, JSON.stringify(all));
  return all;
}

function isSaved(value: unknown): value is SavedFilters {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'search' in value &&
    typeof value.name === 'string' &&
    typeof value.search === 'string'
  );
}
