import { useQuery, useSuspenseQuery } from '@apollo/client/react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import styles from './PickMovies.module.css';
import { PickableMovie } from './public/PickableMovie.tsx';

const PickMoviesQuery = graphql(`
  query PickMovies($liked: [ID!]!, $genres: [String!]!) {
    recommendations(
      first: 24
      mode: DIVERSE
      prefs: { likedMovieIds: $liked, preferredGenres: $genres, genreMatch: PREFER, services: [], languages: [] }
    ) {
      edges {
        cursor
        node {
          movie {
            id
            ...PickableMovie_movie
          }
        }
      }
    }
    movies(ids: $liked) {
      id
      ...PickableMovie_movie
    }
  }
`);

const FindMoviesQuery = graphql(`
  query FindMovies($query: String!) {
    searchMovies(query: $query, first: 12) {
      edges {
        cursor
        node {
          id
          ...PickableMovie_movie
        }
      }
    }
  }
`);

/** Starts the query for the movies shown before a search. */
export async function preloadMovies(liked: string[], genres: string[]): Promise<void> {
  await client.query({ query: PickMoviesQuery, variables: { liked, genres } });
}

interface Props {
  picked: readonly string[];
  genres: readonly string[];
  onPick(id: string): void;
}

/**
 * Famous movies of many kinds; each pick brings more of its kind. A picked movie moves to the front at once. The others are drawn anew
 * when the answer arrives, instead of moving some time after the pick.
 */
export function PickMovies({ picked, genres, onPick }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const query = useDeferredValue(text.trim());
  const wanted = useDeferredValue(picked);
  const { data } = useSuspenseQuery(PickMoviesQuery, { variables: { liked: [...wanted], genres: [...genres] } });
  const { data: found } = useQuery(FindMoviesQuery, { variables: { query }, skip: query === '' });
  const list = useRef<HTMLUListElement>(null);
  const pickedLast = useRef<string>(undefined);
  useEffect(() => {
    // After a pick by keyboard, focus stays on the picked movie.
    if (pickedLast.current === undefined || document.activeElement !== document.body) return;
    list.current?.querySelector<HTMLElement>(`[data-movie="${pickedLast.current}"]`)?.focus({ preventScroll: true });
  });
  const offered = [
    ...data.recommendations.edges.map(({ node }) => node.movie),
    ...(found?.searchMovies.edges.map(({ node }) => node) ?? []),
  ];
  const chosen = picked.flatMap((id) => [...data.movies, ...offered].find((movie) => movie?.id === id) ?? []);
  const ranking = `${wanted.join()} ${genres.join()} ${query}`;
  const others =
    query === ''
      ? data.recommendations.edges.map(({ node }) => node.movie).filter(({ id }) => !picked.includes(id))
      : (found?.searchMovies.edges.map(({ node }) => node) ?? []).filter(({ id }) => !picked.includes(id));
  const pick = (id: string): void => {
    pickedLast.current = id;
    onPick(id);
  };
  return (
    <>
      <input
        type="search"
        className={styles.search}
        aria-label={t('welcome.search')}
        placeholder={t('welcome.search')}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
      />
      <ul ref={list} className={styles.grid}>
        {chosen.map((movie) => (
          <li key={movie.id}>
            <PickableMovie movie={movie} picked onPick={pick} />
          </li>
        ))}
        {others.map((movie) => (
          <li key={`${movie.id} in ${ranking}`}>
            <PickableMovie movie={movie} picked={false} onPick={pick} />
          </li>
        ))}
      </ul>
      {query !== '' && found !== undefined && others.length === 0 ? <p>{t('search.none', { query })}</p> : null}
    </>
  );
}
