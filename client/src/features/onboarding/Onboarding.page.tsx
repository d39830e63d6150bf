import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense, useEffect, useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { toggled } from '../../ui/toggled.ts';
import { MovieGridSkeleton } from '../movie/public/MovieGrid.tsx';
import { dropDraft, keepDraft, keptDraft } from './draft.ts';
import styles from './Onboarding.module.css';
import { PickMovies, preloadMovies } from './PickMovies.tsx';
import { useSavePicks } from './useSavePicks.ts';

const OnboardingQuery = graphql(`
  query Onboarding {
    genres {
      id
      name
    }
    services {
      id
      name
    }
    viewer {
      id
      likedMovies {
        id
      }
      preferences {
        preferredGenres {
          id
        }
        services {
          id
        }
        languages
        runtimeMin
        runtimeMax
        familiar
      }
    }
  }
`);

const MIN_PICKS = 3;

export async function preload(): Promise<void> {
  const { data } = await client.query({ query: OnboardingQuery });
  const { likedMovies = [], preferences } = data?.viewer ?? {};
  const draft = keptDraft();
  await preloadMovies(
    draft?.picked ?? likedMovies.map(({ id }) => id),
    draft?.genres ?? preferences?.preferredGenres.map(({ id }) => id) ?? [],
  );
}

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Onboarding />
    </Suspense>
  );
}

function Onboarding() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const genreName = useGenreName();
  const { data } = useSuspenseQuery(OnboardingQuery);
  const savePicks = useSavePicks(data);
  const stored = data.viewer?.preferences;
  const [draft] = useState(keptDraft);
  const [services, setServices] = useState(() => draft?.services ?? stored?.services.map(({ id }) => id) ?? []);
  const [genres, setGenres] = useState(() => draft?.genres ?? stored?.preferredGenres.map(({ id }) => id) ?? []);
  const [picked, setPicked] = useState(() => draft?.picked ?? data.viewer?.likedMovies.map(({ id }) => id) ?? []);
  useEffect(() => keepDraft({ services, genres, picked }), [services, genres, picked]);
  const [changing, startChange] = useTransition();
  const [storing, setStoring] = useState(false);
  const missing = Math.max(0, MIN_PICKS - picked.length);
  const finish = async (): Promise<void> => {
    setStoring(true);
    const isSaved = await savePicks({
      likedMovieIds: picked,
      preferences: {
        services,
        preferredGenres: genres,
        languages: stored?.languages ?? [],
        runtimeMin: stored?.runtimeMin ?? null,
        runtimeMax: stored?.runtimeMax ?? null,
        familiar: stored?.familiar ?? null,
      },
    });
    setStoring(false);
    if (!isSaved) return;
    dropDraft();
    void navigate('/home');
  };
  return (
    <Page title={t('welcome.title')} lead={t('welcome.lead')}>
      <fieldset ref={rovingFocus} className={styles.group}>
        <legend>{t('welcome.services')}</legend>
        {data.services.map(({ id, name }) => (
          <Chip key={id} pressed={services.includes(id)} onToggle={() => setServices(toggled(services, id))}>
            {name}
          </Chip>
        ))}
      </fieldset>
      <fieldset ref={rovingFocus} className={styles.group}>
        <legend>{t('welcome.genres')}</legend>
        {data.genres.map((genre) => (
          <Chip key={genre.id} pressed={genres.includes(genre.id)} onToggle={() => startChange(() => setGenres(toggled(genres, genre.id)))}>
            {genreName(genre)}
          </Chip>
        ))}
      </fieldset>
      <section aria-labelledby="films" aria-busy={changing} className={styles.movies}>
        <h2 id="films">{t('welcome.films')}</h2>
        <Suspense fallback={<MovieGridSkeleton count={12} />}>
          <PickMovies picked={picked} genres={genres} onPick={(id) => setPicked((before) => toggled(before, id))} />
        </Suspense>
      </section>
      <div className={styles.foot}>
        <p role="status">{missing > 0 ? t('welcome.missing', { count: missing }) : t('welcome.enough', { count: picked.length })}</p>
        <ButtonLink to="/home">{t('welcome.skip')}</ButtonLink>
        <Button variant="primary" disabled={missing > 0 || storing} onClick={() => void finish()}>
          {t('welcome.finish')}
        </Button>
      </div>
    </Page>
  );
}
