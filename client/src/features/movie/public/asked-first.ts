/** What the list of a card is filtered by: ids of genres and services. */
export interface Asked {
  genres: readonly string[];
  services: readonly string[];
}

/** Those that were asked for come first, in their own order. */
export function askedFirst<Item extends { id: string }>(items: readonly Item[], asked: readonly string[]): Item[] {
  return [...items.filter(({ id }) => asked.includes(id)), ...items.filter(({ id }) => !asked.includes(id))];
}
