import { useSuspenseQuery } from '@apollo/client/react';
import { Suspense, useState, useTransition } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageSkeleton } from '../../ui/PageSkeleton.tsx';
import { Questions } from './Questions.tsx';
import { forgetSkipped, skippedTonight, skipTonight, unskip } from './skipped.ts';
import styles from './Tonight.module.css';
import { TonightMovie } from './TonightMovie.tsx';

const TonightQuery = graphql(`
  query Tonight($prefs: PreferencesInput!) {
    recommendations(first: 40, prefs: $prefs) {
      edges {
        cursor
        node {
          movie {
            id
            viewerRating
          }
          ...TonightMovie_recommendation
        }
      }
    }
    ...Questions_query
    viewer {
      id
      preferences {
        services {
          id
        }
      }
    }
  }
`);

/** The filters of the recommendations that the two answers in the address mean. */
function preferencesOf(search: URLSearchParams) {
  const genre = search.get('genre');
  const longest = search.get('max');
  return {
    ...(genre === null ? { genreMatch: 'PREFER' as const } : { preferredGenres: [genre], genreMatch: 'ANY' as const }),
    ...(longest !== null && /^\d{2,3}$/.test(longest) ? { runtimeMax: Number(longest) } : {}),
  };
}

export function preload({ searchParams }: URL): Promise<unknown> {
  return client.query({ query: TonightQuery, variables: { prefs: preferencesOf(searchParams) } });
}

export function Component() {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Tonight />
    </Suspense>
  );
}

/** One movie for tonight, and another one for as long as it is not right. */
function Tonight() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [changing, startChange] = useTransition();
  const [skipped, setSkipped] = useState(() => skippedTonight());
  const [turn, setTurn] = useState(0);
  const { data } = useSuspenseQuery(TonightQuery, { variables: { prefs: preferencesOf(search) } });
  // A movie that was seen, rated or skipped leaves the turn: the next one comes to its place.
  const [seen, setSeen] = useState<readonly string[]>([]);
  const left = data.recommendations.edges.filter(
    ({ node: { movie } }) => movie.viewerRating == null && !skipped.includes(movie.id) && !seen.includes(movie.id),
  );
  const shown = left.length === 0 ? undefined : left[turn % left.length].node;
  const change = (name: string, value: string | undefined): void =>
    startChange(() => {
      const next = new URLSearchParams(search);
      if (value === undefined) next.delete(name);
      else next.set(name, value);
      setTurn(0);
      setSearch(next, { replace: true, preventScrollReset: true });
    });
  const startOver = (): void => {
    forgetSkipped();
    setSkipped([]);
    setTurn(0);
  };
  return (
    <Page title={t('nav.tonight')} headingHidden>
      <div className={styles.tonight} aria-busy={changing}>
        {shown === undefined ? (
          <div className={styles.none}>
            <h2>{t('tonight.none')}</h2>
            <p>{t('tonight.noneLead')}</p>
            <Button variant="primary" onClick={startOver}>
              {t('tonight.startOver')}
            </Button>
            <ButtonLink to="/home">{t('tonight.all')}</ButtonLink>
          </div>
        ) : (
          <TonightMovie
            recommendation={shown}
            own={data.viewer?.preferences.services.map(({ id }) => id) ?? []}
            onAnother={() => setTurn((before) => before + 1)}
            onSkip={(id) => setSkipped(skipTonight(id))}
            onUnskip={(id) => setSkipped(unskip(id))}
            onSeen={(id, isSeen) => setSeen((before) => (isSeen ? [...before, id] : before.filter((other) => other !== id)))}
          />
        )}
      </div>
      <Questions query={data} genre={search.get('genre') ?? undefined} longest={search.get('max') ?? undefined} onAnswer={change} />
    </Page>
  );
}
