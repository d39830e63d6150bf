import { Suspense, use, useEffect, useEffectEvent, useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { serverBack } from '../../api/connection.ts';
import { fetchGraphQL } from '../../api/fetch-graphql.ts';
import type { LandingQuery } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Button } from '../../ui/Button.tsx';
import { Catch } from '../../ui/Catch.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Explanation } from '../movie/public/Explanation.tsx';
import { WhyThis } from '../movie/public/WhyThis.tsx';
import { PickableMovie } from '../onboarding/public/PickableMovie.tsx';
import { Poster } from '../poster/public/Poster.tsx';
import styles from './LiveExample.module.css';

// Not MovieSummary_movie: as a chunk of its own it would make the landing page larger.
const Landing = graphql(`
  query Landing($known: [ID!]!, $liked: [ID!]!) {
    movies(ids: $known) {
      id
      ...PickableMovie_movie
    }
    recommendations(first: 1, prefs: { likedMovieIds: $liked, services: [], preferredGenres: [], languages: [] }) {
      nodes {
        explanationParts {
          ...Explanation_part
        }
        movie {
          id
          title
          year
          runtime
          services {
            id
            name
          }
          ...Poster_movie
        }
        ...WhyThis_recommendation
      }
    }
  }
`);

/** MovieLens ids of famous movies: Alien, Amélie, Toy Story, The Godfather, Groundhog Day. */
const FAMOUS = ['1214', '4973', '1', '858', '1265'];

/** Shows what this server recommends to somebody who likes one of these movies. */
export function LiveExample() {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState(() => load(FAMOUS[0]));
  const [liked, setLiked] = useState(FAMOUS[0]);
  const [attempt, setAttempt] = useState(0);
  const [changing, startChange] = useTransition();
  const retry = (): void => {
    setAnswer(load(liked));
    setAttempt((before) => before + 1);
  };
  const choose = (id: string): void => {
    setLiked(id);
    startChange(() => setAnswer(load(id)));
  };
  return (
    <section className={styles.example} aria-labelledby="example" aria-busy={changing}>
      <h2 id="example" className={styles.heading}>
        {t('landing.example')}
      </h2>
      <Catch key={attempt} fallback={(error) => <Failed isAway={error instanceof TypeError} onRetry={retry} />}>
        <Suspense fallback={<LiveExampleSkeleton />}>
          <Answer answer={answer} liked={liked} onChoose={choose} />
        </Suspense>
      </Catch>
    </section>
  );
}

interface AnswerProps {
  answer: Loading;
  liked: string;
  onChoose(id: string): void;
}

function Answer({ answer, liked, onChoose }: AnswerProps) {
  const { t } = useTranslation();
  const { facts } = useFormats();
  const { movies, recommendations } = answer instanceof Promise ? use(answer) : answer;
  const best = recommendations.nodes.at(0);
  if (best === undefined) return null;
  const { explanationParts, movie } = best;
  const known = movies.filter((one) => one !== null);
  return (
    <>
      <ul className={styles.known}>
        {known.map((one) => (
          <li key={one.id}>
            <PickableMovie movie={one} picked={one.id === liked} onPick={() => onChoose(one.id)} />
          </li>
        ))}
      </ul>
      <div className={styles.movie} aria-live="polite">
        <div>
          <Poster movie={movie} eager />
        </div>
        <div className={styles.text}>
          <p className={styles.title}>
            <Link to={`/movie/${movie.id}`}>
              <bdi>{movie.title}</bdi>
            </Link>
          </p>
          <p className={styles.facts}>{facts(movie, movie.services.at(0)?.name)}</p>
          <p>
            <Explanation parts={explanationParts} />
          </p>
        </div>
      </div>
      <h3 className={styles.why}>{t('landing.why')}</h3>
      <WhyThis recommendation={best} />
    </>
  );
}

/** Loads the example again when the server can be reached again. For another fault the visitor decides. */
function Failed({ isAway, onRetry }: { isAway: boolean; onRetry(): void }) {
  const { t } = useTranslation();
  const retry = useEffectEvent(onRetry);
  useEffect(() => {
    if (!isAway) return;
    let shown = true;
    void serverBack().then(() => {
      if (shown) retry();
    });
    return () => {
      shown = false;
    };
  }, [isAway]);
  return (
    <div role="status" className={styles.failed}>
      <p>{t(isAway ? 'landing.away' : 'landing.failed')}</p>
      <Button onClick={onRetry}>{t('retry')}</Button>
    </div>
  );
}

function LiveExampleSkeleton() {
  return (
    <>
      <div className={styles.known}>
        {FAMOUS.map((id) => (
          <Skeleton key={id} ratio="2 / 3.4" />
        ))}
      </div>
      <div className={styles.movie}>
        <Skeleton ratio="2 / 3" />
        <Skeleton height="6rem" />
      </div>
      <Skeleton height="11rem" />
    </>
  );
}

type Loading = LandingQuery | Promise<LandingQuery>;

const answers = new Map<string, Loading>();

/** One request for each movie. React may start a suspended component again, so the requests are kept outside it. */
function load(liked: string): Loading {
  const known = answers.get(liked);
  if (known !== undefined) return known;
  const request = fetchGraphQL(Landing, { known: FAMOUS, liked: [liked] });
  answers.set(liked, request);
  request.then(
    (answer) => answers.set(liked, answer),
    () => answers.delete(liked),
  );
  return request;
}

/** Starts the request for the first example. */
export async function preloadExample(): Promise<void> {
  await load(FAMOUS[0]);
}
