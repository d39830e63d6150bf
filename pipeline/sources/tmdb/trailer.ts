export interface Video {
  readonly key: string;
  readonly site: string;
  readonly type: string;
  readonly official?: boolean | null | undefined;
  readonly published_at?: string | null | undefined;
}

/** YouTube's key of the trailer: an official one before others, then the newest. Empty when there is none. */
export function trailerKey(videos: readonly Video[] | null | undefined): string {
  const trailers = (videos ?? []).filter(({ key, site, type }) => site === 'YouTube' && type === 'Trailer' && /^[\w-]{6,20}$/.test(key));
  const [first] = trailers.toSorted(
    (a, b) => Number(b.official ?? false) - Number(a.official ?? false) || (b.published_at ?? '').localeCompare(a.published_at ?? ''),
  );
  return first?.key ?? '';
}
