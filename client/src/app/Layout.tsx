import { Bookmark, CircleUserRound, Clapperboard, MoonStar, Users } from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useLocation, useNavigationType } from 'react-router';
import { useSession } from '../features/account/public/useSession.ts';
import { useWayBackHere } from '../features/account/public/way-back.ts';
import { ErrorBoundary } from '../features/errors/public/ErrorBoundary.tsx';
import { SearchBox } from '../features/search/SearchBox.tsx';
import { LanguageMenu } from '../language/LanguageMenu.tsx';
import { Footer } from '../ui/Footer.tsx';
import { PageSkeleton } from '../ui/PageSkeleton.tsx';
import { ThemeToggle } from '../ui/ThemeToggle.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import styles from './Layout.module.css';

export function Layout() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  const { pathname } = useLocation();
  const main = useBeginningAfterNavigation(pathname);
  const wayBack = useWayBackHere();
  const { to, label, state } =
    viewer === null || viewer === undefined
      ? { to: '/sign-in', label: t('nav.signIn'), state: wayBack }
      : { to: '/profile', label: viewer.isGuest ? t('profile.guestName') : viewer.name, state: undefined };
  return (
    <>
      <a className={styles.skip} href="#main">
        {t('nav.skip')}
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to={viewer === null || viewer === undefined ? '/' : '/home'} className={styles.brand}>
            <Clapperboard aria-hidden size={24} />
            <span>CineMatch</span>
          </Link>
          <nav className={styles.nav} aria-label={t('nav.main')}>
            <NavLink to="/tonight">
              <MoonStar aria-hidden />
              {t('nav.tonight')}
            </NavLink>
            <NavLink to="/home">
              <Clapperboard aria-hidden />
              {t('nav.home')}
            </NavLink>
            <NavLink to="/watchlist">
              <Bookmark aria-hidden />
              {t('nav.watchlist')}
            </NavLink>
            <NavLink to="/together">
              <Users aria-hidden />
              {t('nav.together')}
            </NavLink>
            {viewer === null ? null : (
              <NavLink to="/opinions" className={styles.onlyDesktop}>
                {t('nav.opinions')}
              </NavLink>
            )}
            <NavLink to={to} state={state} className={styles.onlyPhone}>
              <CircleUserRound aria-hidden />
              {to === '/profile' ? t('nav.profile') : label}
            </NavLink>
          </nav>
          <div className={styles.tools}>
            <SearchBox />
            <LanguageMenu />
            <ThemeToggle />
            <Link className={styles.account} to={to} state={state}>
              <CircleUserRound aria-hidden size={20} />
              {label}
            </Link>
          </div>
        </div>
      </header>
      <ConnectionBanner />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
      <KeysDialog />
    </>
  );
}

/** After a navigation, moves focus to the heading of the new page and scrolls to the top. */
function useBeginningAfterNavigation(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const navigation = useNavigationType();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const beginning = main.current?.querySelector('h1') ?? main.current;
    beginning?.focus({ preventScroll: true });
    // On going back, the browser restores the scroll position.
    if (navigation !== 'POP') window.scrollTo({ top: 0, behavior: 'instant' });
  }, [pathname, navigation]);
  return main;
}
