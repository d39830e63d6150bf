import { useSuspenseQuery } from '@apollo/client/react';
import { Shuffle } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './RandomPick.module.css';

const RandomPickQuery = graphql(`
  query RandomPick {
    viewer {
      id
      watchlist(status: TO_WATCH, first: 100) {
        edges {
          cursor
          node {
            movie {
              id
              absence
              title
              year
              runtime
              overview
              ...Poster_movie
            }
          }
        }
      }
    }
  }
`);

/** A random movie from those still to watch. */
export function RandomPick() {
  const { t } = useTranslation();
  const { facts } = useFormats();
  const { data } = useSuspenseQuery(RandomPickQuery);
  const movies = (data.viewer?.watchlist.edges ?? []).map(({ node }) => node.movie).filter(({ absence }) => absence == null);
  const [turn, setTurn] = useState(() => Math.floor(Math.random() * 1_000));
  const movie = movies[turn % Math.max(movies.length, 1)];
  if (movie === undefined) return <p>{t('watchlist.nothingToPick')}</p>;
  return (
    <div className={styles.pick}>
      <div>
        <Poster movie={movie} eager />
      </div>
      <div className={styles.about} aria-live="polite">
        <h3>
          <bdi>{movie.title}</bdi>
        </h3>
        <p className={styles.facts}>{facts(movie)}</p>
        <p className={styles.overview} dir="auto">
          {movie.overview}
        </p>
      </div>
      <div className={styles.actions}>
        <ButtonLink variant="primary" to={`/movie/${movie.id}`}>
          {t('watchlist.openPick')}
        </ButtonLink>
        {movies.length > 1 ? (
          <Button onClick={() => setTurn((before) => before + 1 + Math.floor(Math.random() * (movies.length - 1)))}>
            <Shuffle aria-hidden size={18} />
            {t('watchlist.another')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
