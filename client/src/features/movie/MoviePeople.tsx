import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { creditsByJob } from './credits-by-job.ts';
import styles from './MovieFacts.module.css';

const MoviePeople_movie = graphql(`
  fragment MoviePeople_movie on Movie {
    id
    cast
    directors
    credits {
      job
      name
      personId
    }
  }
`);

const NAMES = {
  DIRECTOR: 'movie.directors',
  WRITER: 'movie.writers',
  ACTOR: 'movie.cast',
  COMPOSER: 'movie.composers',
  CINEMATOGRAPHER: 'movie.cinematographers',
  EDITOR: 'movie.editors',
  PRODUCER: 'movie.producers',
} as const;

/** Cast and crew, each with a link to their films. */
export function MoviePeople({ movie }: { movie: FragmentType<typeof MoviePeople_movie> }) {
  const { t } = useTranslation();
  return [...creditsByJob(getFragmentData(MoviePeople_movie, movie))].map(([job, people]) => (
    <Fragment key={job}>
      <dt>{t(NAMES[job])}</dt>
      <dd>
        <ul className={styles.tags}>
          {people.map(({ name, personId }) => (
            <li key={personId ?? name}>
              <Link to={`/search?person=${encodeURIComponent(personId ?? name)}`}>
                <bdi>{name}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      </dd>
    </Fragment>
  ));
}
