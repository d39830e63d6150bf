import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { currentOffers } from './current-offers.ts';
import styles from './MovieOffers.module.css';
import { ServiceMark } from './public/ServiceMark.tsx';
import marks from './public/ServiceMarks.module.css';
import { ServiceMarks } from './public/ServiceMarks.tsx';

const MovieOffers_movie = graphql(`
  fragment MovieOffers_movie on Movie {
    id
    services {
      id
      name
    }
    availability {
      kind
      providerId
      service
      since
      leftAt
      link
      region
    }
  }
`);

/** Where and how a movie can be watched. Catalogs without offers name services only. */
export function MovieOffers({ movie }: { movie: FragmentType<typeof MovieOffers_movie> }) {
  const { t } = useTranslation();
  const { day } = useDates();
  const { region } = useFormats();
  const { availability, services } = getFragmentData(MovieOffers_movie, movie);
  const kinds = currentOffers(availability);
  const place = kinds[0]?.[1][0]?.region;
  return (
    <section className={styles.offers} aria-labelledby="where">
      <h2 id="where" className={styles.heading}>
        {t('movie.watch')}
        {place === undefined ? null : <small> · {region(place)}</small>}
      </h2>
      {place === undefined ? (
        <ServiceMarks services={services} />
      ) : (
        <>
          {kinds.map(([kind, offers]) => (
            <div key={kind}>
              <p className={styles.kind}>{t(`movie.kinds.${kind}`)}</p>
              <ul className={marks.marks} aria-label={t(`movie.kinds.${kind}`)}>
                {offers.map(({ providerId, service, since, link }) => (
                  <li key={`${providerId} ${service}`}>
                    <a className={marks.mark} href={link ?? undefined}>
                      <ServiceMark id={services.find(({ name }) => name === service)?.id ?? service} name={service} />
                      <bdi>{service}</bdi>
                      {since == null ? null : <small>{t('movie.since', { day: day(`${since}T00:00:00Z`) })}</small>}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
          <small className={marks.credit}>
            <a href="https://www.justwatch.com">{t('movie.credit')}</a>
          </small>
        </>
      )}
    </section>
  );
}
