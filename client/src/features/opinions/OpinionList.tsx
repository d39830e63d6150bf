import { useDeferredValue, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { OpinionItem } from './OpinionItem.tsx';
import styles from './Opinions.module.css';
import type { ListEnd } from './paged-lists.ts';

/** Rows that are drawn at first, and by each "show more". */
const STEP = 40;

interface Props {
  name: 'liked' | 'disliked' | 'hidden' | 'rated' | 'seen';
  movies: readonly (Parameters<typeof OpinionItem>[0]['movie'] & { id: string; title: string })[];
  /** Both are undefined when all movies of the list are known. */
  pageInfo?: ListEnd;
  fetchAfter?(cursor: string): Promise<ListEnd | undefined>;
}

/** Movies that the viewer said the same of, with a search. The search fetches the rest of a list that comes in pages. */
export function OpinionList({ name, movies, pageInfo, fetchAfter }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [limit, setLimit] = useState(STEP);
  const fetchPages = useFurtherPages(pageInfo, fetchAfter);
  const query = useDeferredValue(plain(text.trim()));
  const found = movies.filter(({ title }) => plain(title).includes(query));
  const showMore = (): void => {
    setLimit(limit + STEP);
    if (limit + STEP > movies.length) void fetchPages(1);
  };
  if (movies.length === 0) return <p className={styles.empty}>{t(`opinions.none.${name}`)}</p>;
  return (
    <>
      <input
        type="search"
        className={styles.search}
        aria-label={t('opinions.search')}
        placeholder={t('opinions.search')}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          void fetchPages(Number.POSITIVE_INFINITY);
        }}
      />
      <p role="status" className="visually-hidden">
        {t('search.count', { count: found.length })}
      </p>
      {found.length === 0 ? <p className={styles.empty}>{t('search.none', { query: text.trim() })}</p> : null}
      <ul className={styles.list}>
        {found.slice(0, limit).map((movie) => (
          <OpinionItem key={movie.id} movie={movie} starred={name === 'rated'} />
        ))}
      </ul>
      {found.length > limit || (query === '' && pageInfo?.hasNextPage === true) ? (
        <Button className={styles.more} onClick={showMore}>
          {t('watchlist.more')}
        </Button>
      ) : null}
    </>
  );
}

/** Returns a function that fetches pages of the list, one after the other. A call while they are fetched raises their number. */
function useFurtherPages(known: ListEnd | undefined, fetchAfter: Props['fetchAfter']): (pages: number) => Promise<void> {
  const { t } = useTranslation();
  const toast = useToast();
  const wanted = useRef(0);
  return async (pages) => {
    const fetching = wanted.current > 0;
    wanted.current = Math.max(wanted.current, pages);
    if (fetching) return;
    try {
      for (let end = known; end?.hasNextPage === true && end.endCursor != null && wanted.current > 0; wanted.current--)
        end = await fetchAfter?.(end.endCursor);
    } catch {
      toast({ message: t('home.moreFailed'), urgent: true });
    } finally {
      wanted.current = 0;
    }
  };
}

/** In lower case and without accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
