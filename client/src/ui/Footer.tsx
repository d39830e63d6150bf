import { useTranslation } from 'react-i18next';
import { Link, useHref } from 'react-router';
import styles from './Footer.module.css';

export function Footer() {
  const { t } = useTranslation();
  const graphql = useHref('/graphql');
  return (
    <footer className={styles.footer}>
      <p>
        {t('footer.tmdb')} {t('footer.justwatch')}
      </p>
      <p>
        <a href="https://www.themoviedb.org">TMDb</a> · <a href="https://www.justwatch.com">JustWatch</a> ·{' '}
        <a href="https://movielens.org">MovieLens</a> · <Link to="/profile">{t('nav.profile')}</Link> ·{' '}
        <a href={graphql}>{t('footer.api')}</a>
      </p>
    </footer>
  );
}
