import { useQuery, useSuspenseQuery } from '@apollo/client/react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../apollo/client.ts';
import { graphql } from '../../generated/index.ts';
import { PickableFilm } from './PickableFilm.tsx';
import styles from './PickFilms.module.css';

const PickFilmsQuery = graphql(`
  query PickFilms($liked: [ID!]!, $genres: [String!]!) {
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
            ...PickableFilm_movie
          }
        }
      }
    }
    movies(ids: $liked) {
      id
      ...PickableFilm_movie
    }
  }
`);

const FindFilmsQuery = graphql(`
  query FindFilms($query: String!) {
    searchMovies(query: $query, first: 12) {
      edges {
        cursor
        node {
          id
          ...PickableFilm_movie
        }
      }
    }
  }
`);

/** Begins to ask for what is shown while nothing is typed. */
export async function askForFilms(liked: string[], genres: string[]): Promise<void> {
  await client.query({ query: PickFilmsQuery, variables: { liked, genres } });
}

interface Props {
  picked: readonly string[];
  genres: readonly string[];
  onPick(id: string): void;
}

/** Well-known films of many kinds; every pick brings more of its kind. */
export function PickFilms({ picked, genres, onPick }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const query = useDeferredValue(text.trim());
  const { data } = useSuspenseQuery(PickFilmsQuery, { variables: { liked: [...picked], genres: [...genres] } });
  const { data: found } = useQuery(FindFilmsQuery, { variables: { query }, skip: query === '' });
  const chosen = data.movies.filter((movie) => movie !== null);
  const others =
    query === ''
      ? data.recommendations.edges.map(({ node }) => node.movie)
      : (found?.searchMovies.edges.map(({ node }) => node) ?? []).filter(({ id }) => !picked.includes(id));
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
      <ul className={styles.grid}>
        {chosen.map((movie) => (
          <li key={movie.id}>
            <PickableFilm movie={movie} picked onPick={() => onPick(movie.id)} />
          </li>
        ))}
        {others.map((movie) => (
          <li key={movie.id}>
            <PickableFilm movie={movie} picked={false} onPick={() => onPick(movie.id)} />
          </li>
        ))}
      </ul>
      {query !== '' && found !== undefined && others.length === 0 ? <p>{t('search.none', { query })}</p> : null}
    </>
  );
}
