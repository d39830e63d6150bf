import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { creditsByJob } from './credits-by-job.ts';
import styles from './MoviePeople.module.css';

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

/** Cast and crew, each with a link to their page at TMDb where the id is known. */
export function MoviePeople({ movie }: { movie: FragmentType<typeof MoviePeople_movie> }) {
  const { t } = useTranslation();
  return [...creditsByJob(getFragmentData(MoviePeople_movie, movie))].map(([job, people]) => (
    <Fragment key={job}>
      <dt>{t(NAMES[job])}</dt>
      <dd>
        <ul className={styles.people}>
          {people.map(({ name, personId }) => (
            <li key={personId ?? name}>
              {personId === undefined ? (
                <bdi>{name}</bdi>
              ) : (
                <a href={`https://www.themoviedb.org/person/${personId}`}>
                  <bdi>{name}</bdi>
                </a>
              )}
            </li>
          ))}
        </ul>
      </dd>
    </Fragment>
  ));
}
