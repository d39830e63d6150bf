const KEY = 'searches';
const MAX = 8;

/** What was searched for last, the latest first. */
export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string').slice(0, MAX) : [];
  } catch {
    return [];
  }
}

export function rememberSearch(text: string): void {
  const query = text.trim();
  if (query === '') return;
  const others = recentSearches().filter((other) => other.toLowerCase() !== query.toLowerCase());
  localStorage.setItem(KEY, JSON.stringify([query, ...others].slice(0, MAX)));
}

export function forgetSearches(): void {
  localStorage.removeItem(KEY);
}
