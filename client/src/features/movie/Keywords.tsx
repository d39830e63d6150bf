import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import styles from './MovieFacts.module.css';

/** What the movie is about. Each keyword leads to the films that have it. */
export function Keywords({ keywords }: { keywords: readonly string[] }) {
  const { t } = useTranslation();
  if (keywords.length === 0) return null;
  return (
    <>
      <dt>{t('movie.keywords')}</dt>
      <dd>
        <ul className={styles.tags}>
          {keywords.map((keyword) => (
            <li key={keyword}>
              <Link to={`/search?keyword=${encodeURIComponent(keyword)}`}>
                <bdi>{keyword}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
