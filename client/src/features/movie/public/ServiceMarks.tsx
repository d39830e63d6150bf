import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ServiceMark } from './ServiceMark.tsx';
import styles from './ServiceMarks.module.css';

interface Props {
  services: readonly { id: string; name: string }[];
  /** Those that the viewer has come first and say so. */
  own?: readonly string[];
}

/** Where a movie can be watched: a drawn mark for each service, which leads to the films on it, and the credit for the data. */
export function ServiceMarks({ services, own = [] }: Props) {
  const { t } = useTranslation();
  const ordered = [...services.filter(({ id }) => own.includes(id)), ...services.filter(({ id }) => !own.includes(id))];
  return (
    <div className={styles.where}>
      {services.length === 0 ? (
        <p>{t('movie.nowhere')}</p>
      ) : (
        <ul className={styles.marks} aria-label={t('movie.watch')}>
          {ordered.map(({ id, name }) => (
            <li key={id}>
              <Link to={`/home?service=${encodeURIComponent(id)}`} className={styles.mark} data-own={own.includes(id)}>
                <ServiceMark id={id} name={name} />
                <bdi>{name}</bdi>
                {own.includes(id) ? <small>{t('movie.yours')}</small> : null}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <small className={styles.credit}>
        <a href="https://www.justwatch.com">{t('movie.credit')}</a>
      </small>
    </div>
  );
}
