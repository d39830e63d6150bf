import { Clapperboard } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { AuthError, signInAsGuest } from '../../api/auth-request.ts';
import { LanguageMenu } from '../../language/LanguageMenu.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Footer } from '../../ui/Footer.tsx';
import { ThemeToggle } from '../../ui/ThemeToggle.tsx';
import { PosterWall } from '../poster/public/PosterWall.tsx';
import styles from './Landing.module.css';
import { LiveExample, preloadExample } from './LiveExample.tsx';

const STEPS = ['tell', 'get', 'refine'] as const;

export { preloadExample as preload };

export function Component() {
  const { t } = useTranslation();
  return (
    <>
      <title>CineMatch</title>
      <header className={styles.header}>
        <span className={styles.brand}>
          <Clapperboard aria-hidden size={24} />
          CineMatch
        </span>
        <LanguageMenu />
        <ThemeToggle />
        <Link to="/sign-in" className={styles.signIn}>
          {t('nav.signIn')}
        </Link>
      </header>
      <main id="main" className={styles.main}>
        <section className={styles.hero}>
          <h1>{t('landing.sentence')}</h1>
          <p className={styles.lead}>{t('landing.lead')}</p>
          <p className={styles.start}>
            <GetStarted />
            <ButtonLink to="/home">{t('landing.look')}</ButtonLink>
          </p>
          <ol className={styles.steps}>
            {STEPS.map((step) => (
              <li key={step}>
                <h2>{t(`landing.steps.${step}.title`)}</h2>
                <p>{t(`landing.steps.${step}.text`)}</p>
              </li>
            ))}
          </ol>
        </section>
        <LiveExample />
      </main>
      <PosterWall shape="row" />
      <Footer />
    </>
  );
}

/** Starts a guest session without a form. An account can be made of it later. */
function GetStarted() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const [refused, setRefused] = useState(false);
  const start = async (): Promise<void> => {
    setStarting(true);
    try {
      await signInAsGuest();
    } catch (error) {
      // Status 400: there is a session already, and it is kept.
      const hasSession = error instanceof AuthError && error.status === 400;
      if (!hasSession) {
        setStarting(false);
        setRefused(true);
        return;
      }
    }
    void navigate('/welcome');
  };
  return (
    <>
      <Button variant="primary" disabled={starting} onClick={() => void start()}>
        {t('landing.start')}
      </Button>
      {refused ? <span role="alert">{t('landing.refused')}</span> : null}
    </>
  );
}
