/** What was chosen on the first visit and is not saved yet. */
export interface Draft {
  services: string[];
  genres: string[];
  picked: string[];
}

const KEY = 'welcome';

/** The choices that were left behind, when the visitor looked at something else in between. */
export function keptDraft(): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return isDraft(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(draft: Draft): void {
  sessionStorage.setItem(KEY, JSON.stringify(draft));
}

export function dropDraft(): void {
  sessionStorage.removeItem(KEY);
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false;
  const lists: unknown[] = ['services', 'genres', 'picked'].map((name) => Object.entries(value).find(([key]) => key === name)?.[1]);
  return lists.every((list) => Array.isArray(list) && list.every((id) => typeof id === 'string'));
}
