import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import styles from './PersonalScore.module.css';
import { WhyThis } from './public/WhyThis.tsx';

const PersonalScore_recommendation = graphql(`
  fragment PersonalScore_recommendation on Recommendation {
    reasons {
      kind
    }
    movie {
      id
      viewerFeedback
      services {
        id
        name
      }
    }
    ...WhyThis_recommendation
  }
`);

const PersonalScore_viewer = graphql(`
  fragment PersonalScore_viewer on Viewer {
    preferences {
      services {
        id
      }
    }
  }
`);

/** Reasons that come from the viewer's own data. */
const PERSONAL = ['LIKED_MOVIE', 'DISLIKED_MOVIE', 'RATED_MOVIE', 'PREFERRED_GENRE'];

interface Props {
  recommendation: FragmentType<typeof PersonalScore_recommendation>;
  viewer: FragmentType<typeof PersonalScore_viewer>;
}

/** The movie's score for the viewer, part by part, and its availability on their services. Nothing while no reason is personal. */
export function PersonalScore({ recommendation, viewer }: Props) {
  const { t } = useTranslation();
  const { list } = useFormats();
  const fit = getFragmentData(PersonalScore_recommendation, recommendation);
  const own = getFragmentData(PersonalScore_viewer, viewer).preferences.services.map(({ id }) => id);
  const services = fit.movie.services.filter(({ id }) => own.includes(id)).map(({ name }) => name);
  // Who has judged the movie knows.
  const judged = fit.movie.viewerFeedback !== null && fit.movie.viewerFeedback !== undefined;
  const isPersonal = !judged && fit.reasons.some(({ kind }) => PERSONAL.includes(kind));
  if (!isPersonal && services.length === 0) return null;
  return (
    <section className={styles.fits} aria-labelledby="fits">
      <h2 id="fits">{t('movie.fits')}</h2>
      {isPersonal ? <WhyThis recommendation={fit} /> : null}
      {services.length === 0 ? null : <p>{t('movie.fitsServices', { services: list(services) })}</p>}
    </section>
  );
}
