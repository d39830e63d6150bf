import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import rows from '../../ui/rows.module.css';
import styles from './RuleForm.module.css';

const RulePreview_movie = graphql(`
  fragment RulePreview_movie on PreviewedMovie {
    title
    year
    place
    otherPlace
    pinned
  }
`);

type Movies = readonly ({ movieId: string } & FragmentType<typeof RulePreview_movie>)[];

/** The first movies of the list of somebody who said nothing yet, as they are and as they would be. */
export function RulePreview({ before, after }: { before: Movies; after: Movies }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('owner.rules.previewTitle')}>
      <p className={rows.soft}>{t('owner.rules.previewLead')}</p>
      <div className={styles.lists}>
        <List title={t('owner.rules.before')} movies={before} gone={t('owner.rules.gone')} />
        <List title={t('owner.rules.after')} movies={after} gone={t('owner.rules.fresh')} />
      </div>
    </section>
  );
}

function List({ title, movies, gone }: { title: string; movies: Movies; gone: string }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <div>
      <h4>{title}</h4>
      <ol>
        {movies.map((movie) => {
          const { title: name, year, place, otherPlace, pinned } = getFragmentData(RulePreview_movie, movie);
          const note = pinned
            ? t('owner.rules.pinned')
            : otherPlace == null
              ? gone
              : otherPlace === place
                ? undefined
                : t('owner.rules.otherPlace', { place: number(otherPlace) });
          return (
            <li key={movie.movieId} className={note === undefined ? undefined : styles.moved}>
              <bdi>{year == null ? name : `${name} (${year})`}</bdi>{' '}
              {note === undefined ? null : <span className={rows.soft}>· {note}</span>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
