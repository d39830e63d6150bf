import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import styles from './Results.module.css';
import { forgetSearches, recentSearches } from './recent-searches.ts';

/** The page of results without a search: the last ones, to search again. */
export function RecentSearches() {
  const { t } = useTranslation();
  const [recent, setRecent] = useState(recentSearches);
  return (
    <Page title={t('search.label')} lead={t('results.lead')}>
      {recent.length === 0 ? null : (
        <section aria-labelledby="recent" className={styles.recent}>
          <h2 id="recent">{t('results.recent')}</h2>
          <ul>
            {recent.map((text) => (
              <li key={text}>
                <Link to={`?q=${encodeURIComponent(text)}`}>
                  <bdi>{text}</bdi>
                </Link>
              </li>
            ))}
          </ul>
          <Button
            onClick={() => {
              forgetSearches();
              setRecent([]);
            }}
          >
            {t('results.forget')}
          </Button>
        </section>
      )}
    </Page>
  );
}
