import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { pathWithin } from '../../api/base-path.ts';
import { client } from '../../api/client.ts';
import { NotFoundError } from '../../api/request-error.ts';
import { graphql } from '../../generated/index.ts';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { MovieFacts } from './MovieFacts.tsx';
import styles from './MoviePage.module.css';
import { PersonalScore } from './PersonalScore.tsx';
import { MovieCard } from './public/MovieCard.tsx';
import { MovieGrid, MovieGridSkeleton } from './public/MovieGrid.tsx';
import { usePageStarKeys } from './public/useStarKeys.ts';
import { Series } from './Series.tsx';

const MoviePageQuery = graphql(`
  query MoviePage($id: ID!) {
    movie(id: $id) {
      id
      title
      year
      viewerRating
      viewerFeedback
      ...MovieFacts_movie
      ...Series_movie
      similar(first: 12) {
        movie {
          id
          title
          ...CardReactions_movie
        }
        ...MovieCard_recommendation
        ...WhyThis_recommendation
      }
    }
    recommendation(movieId: $id) {
      ...PersonalScore_recommendation
    }
    viewer {
      id
      ...PersonalScore_viewer
    }
  }
`);

export function preload(address: URL): Promise<unknown> {
  return client.query({ query: MoviePageQuery, variables: { id: decodeURIComponent(pathWithin(address).split('/')[2] ?? '') } });
}

export function Component() {
  return (
    <Suspense fallback={<MoviePageSkeleton />}>
      <MoviePage />
    </Suspense>
  );
}

function MoviePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data } = useSuspenseQuery(MoviePageQuery, { variables: { id } });
  const { movie, viewer, recommendation } = data;
  if (movie === null || movie === undefined) throw new NotFoundError(`no movie ${id}`);
  return (
    <Page title={movie.title} headingHidden>
      <StarKeys movie={movie} />
      <MovieFacts movie={movie}>
        {viewer == null || recommendation == null ? null : <PersonalScore viewer={viewer} recommendation={recommendation} />}
      </MovieFacts>
      <Series movie={movie} />
      {movie.similar.length === 0 ? null : (
        <section className={styles.similar} aria-labelledby="similar">
          <h2 id="similar">{t('movie.similar')}</h2>
          <MovieGrid>
            {movie.similar.map((recommendation) => (
              <li key={recommendation.movie.id}>
                <MovieCard recommendation={recommendation} reasons={recommendation} />
              </li>
            ))}
          </MovieGrid>
        </section>
      )}
    </Page>
  );
}

/** A component of its own: what the page shows may be absent, and a hook may not. */
function StarKeys({ movie }: { movie: Parameters<typeof usePageStarKeys>[0] }) {
  usePageStarKeys(movie);
  return null;
}

function MoviePageSkeleton() {
  return (
    <PageSkeleton>
      <div className={styles.skeleton}>
        <Skeleton ratio="2 / 3" />
        <div>
          <Skeleton height="18rem" />
        </div>
      </div>
      <MovieGridSkeleton count={6} />
    </PageSkeleton>
  );
}
