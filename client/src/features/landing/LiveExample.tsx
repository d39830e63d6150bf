import { Suspense, use, useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { fetchGraphQL } from '../../api/fetch-graphql.ts';
import type { LandingQuery } from '../../generated/graphql.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ErrorBoundary } from '../errors/public/ErrorBoundary.tsx';
import { Explanation } from '../movie/public/Explanation.tsx';
import { MovieSummary_movie } from '../movie/public/movie-summary.ts';
import { Poster } from '../movie/public/Poster.tsx';
import { WhyThis } from '../movie/public/WhyThis.tsx';
import { PickableMovie } from '../onboarding/public/PickableMovie.tsx';
import styles from './LiveExample.module.css';

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
          ...MovieSummary_movie
        }
        ...WhyThis_recommendation
      }
    }
  }
`);

/** MovieLens ids of films that nearly everybody knows: Alien, Amélie, Toy Story, The Godfather, Groundhog Day. */
const KNOWN = ['1214', '4973', '1', '858', '1265'];

/** A real answer of the server that is here, to "what if you liked …". */
export function LiveExample() {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState(() => ask(KNOWN[0]));
  const [liked, setLiked] = useState(KNOWN[0]);
  const [changing, startChange] = useTransition();
  const choose = (id: string): void => {
    setLiked(id);
    startChange(() => setAnswer(ask(id)));
  };
  return (
    <section className={styles.example} aria-labelledby="example" aria-busy={changing}>
      <h2 id="example" className={styles.heading}>
        {t('landing.example')}
      </h2>
      <ErrorBoundary fallback={<p>{t('connection.away')}</p>}>
        <Suspense fallback={<Waiting />}>
          <Answer answer={answer} liked={liked} onChoose={choose} />
        </Suspense>
      </ErrorBoundary>
    </section>
  );
}

interface AnswerProps {
  answer: Asked;
  liked: string;
  onChoose(id: string): void;
}

function Answer({ answer, liked, onChoose }: AnswerProps) {
  const { t } = useTranslation();
  const { facts } = useFormats();
  const { movies, recommendations } = answer instanceof Promise ? use(answer) : answer;
  const best = recommendations.nodes.at(0);
  if (best === undefined) return null;
  const { explanationParts } = best;
  const movie = getFragmentData(MovieSummary_movie, best.movie);
  const known = movies.filter((one) => one !== null);
  return (
    <>
      <ul className={styles.known}>
        {known.map((movie) => (
          <li key={movie.id}>
            <PickableMovie movie={movie} picked={movie.id === liked} onPick={() => onChoose(movie.id)} />
          </li>
        ))}
      </ul>
      <div className={styles.movie} aria-live="polite">
        <div>
          <Poster movie={movie} eager />
        </div>
        <div className={styles.text}>
          <p className={styles.title}>
            <Link to={`/movie/${movie.id}`}>{movie.title}</Link>
          </p>
          <p className={styles.facts}>{facts(movie, movie.services.at(0)?.name)}</p>
          <p>
            <Explanation parts={explanationParts} />
          </p>
        </div>
      </div>
      <h3 className={styles.why}>{t('card.why')}</h3>
      <WhyThis recommendation={best} />
    </>
  );
}

function Waiting() {
  return (
    <>
      <div className={styles.known}>
        {KNOWN.map((id) => (
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

type Asked = LandingQuery | Promise<LandingQuery>;

const answers = new Map<string, Asked>();

/** Each is asked once: what waits may be drawn anew from its beginning. */
function ask(liked: string): Asked {
  const known = answers.get(liked);
  if (known !== undefined) return known;
  const asked = fetchGraphQL(Landing, { known: KNOWN, liked: [liked] });
  answers.set(liked, asked);
  asked.then(
    (answer) => answers.set(liked, answer),
    () => answers.delete(liked),
  );
  return asked;
}

/** Begins to ask for what is shown first. */
export async function preloadExample(): Promise<void> {
  await ask(KNOWN[0]);
}
