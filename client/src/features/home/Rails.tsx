import { useSuspenseQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client.ts';
import type { PreferencesInput, HomeRailsQuery as Rankings } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import type { Ranking } from '../movie/public/WhyDialog.tsx';
import { MAX_IN_RAIL, MAX_IN_RAIL_AND_LIST, Rail } from './Rail.tsx';
import { RankedRail } from './RankedRail.tsx';
import { SimilarRail } from './SimilarRail.tsx';

const HomeRailsQuery = graphql(`
  query HomeRails($arrived: PreferencesInput!, $left: PreferencesInput!, $recent: PreferencesInput!, $first: Int!) {
    arrived: recommendations(first: $first, prefs: $arrived) {
      edges {
        cursor
        node {
          movie {
            id
          }
        }
      }
    }
    left: recommendations(first: $first, prefs: $left) {
      edges {
        cursor
        node {
          movie {
            id
          }
        }
      }
    }
    recent: recommendations(first: $first, prefs: $recent) {
      edges {
        cursor
        node {
          movie {
            id
          }
        }
      }
    }
    viewer {
      id
      likedMovies {
        id
        title
      }
      preferences {
        services {
          id
        }
      }
    }
  }
`);

/** Movies that came to a service, or left it, within these days are new there. */
const DAYS = 30;
const SINCE = new Date(Date.now() - DAYS * 86_400_000).toISOString().slice(0, 10);
/** Movies of this year and later are recent. */
const RECENT_SINCE = new Date().getFullYear() - 3;

/** Genres of the profile stay out of the rails: they are about services. */
const ON_SERVICES: Record<'arrived' | 'left' | 'recent', PreferencesInput> = {
  arrived: { preferredGenres: [], services: [], watch: { onMyServices: true, since: SINCE } },
  left: { preferredGenres: [], services: [], watch: { onMyServices: true, leftSince: SINCE } },
  recent: { preferredGenres: [], yearMin: RECENT_SINCE },
};
const TITLES = { arrived: 'home.newOnServices', left: 'home.leftServices', recent: 'home.recentOnServices' } as const;

const VARIABLES = { ...ON_SERVICES, first: MAX_IN_RAIL_AND_LIST };

interface Choice {
  liked: { id: string; title: string } | undefined;
  ranked: { title: (typeof TITLES)[keyof typeof TITLES]; ranking: Ranking; movies: ReadonlySet<string> }[];
  /** Movies that the list shows. */
  shown: ReadonlySet<string>;
}

const chosen = new Map<string, Choice>();
const MAX_CHOSEN = 50;

export function preloadRails(): Promise<unknown> {
  return client.query({ query: HomeRailsQuery, variables: VARIABLES });
}

interface Props {
  list: string;
  /** The age of the list's ranking. */
  age: number;
  /** Movies of the list. */
  shown: readonly string[];
}

/** The rails above a ranking. They are chosen once for it: rails must not move under the pointer, nor move the list when one goes back. */
export function Rails({ list, age, shown }: Props) {
  const name = `${age} ${list}`;
  return <RailsOfRanking key={name} name={name} shown={shown} />;
}

function RailsOfRanking({ name, shown }: { name: string; shown: readonly string[] }) {
  const [known] = useState(() => chosen.get(name));
  return known === undefined ? <ChosenRails name={name} shown={shown} /> : <ShownRails choice={known} />;
}

function ChosenRails({ name, shown }: { name: string; shown: readonly string[] }) {
  const { data } = useSuspenseQuery(HomeRailsQuery, { variables: VARIABLES });
  const [choice] = useState(() => choiceOf(data, shown));
  if (chosen.size >= MAX_CHOSEN) chosen.clear();
  chosen.set(name, choice);
  return <ShownRails choice={choice} />;
}

/** Rails that would be empty are left out. Without offers of the last days, "new" are recent movies. No movie is in two rails of services. */
function choiceOf({ viewer, ...rankings }: Rankings, shown: readonly string[]): Choice {
  const used = new Set(shown);
  const railOf = (name: keyof typeof TITLES): Choice['ranked'] => {
    const movies = rankings[name].edges.map(({ node }) => node.movie.id);
    const own = movies.filter((id) => !used.has(id)).slice(0, MAX_IN_RAIL);
    for (const id of own) used.add(id);
    return own.length === 0 ? [] : [{ title: TITLES[name], ranking: { prefs: ON_SERVICES[name], mode: 'FOR_YOU' }, movies: new Set(own) }];
  };
  const hasServices = (viewer?.preferences.services.length ?? 0) > 0;
  return {
    liked: viewer?.likedMovies.at(0),
    ranked: hasServices ? [...railOf(rankings.arrived.edges.length > 0 ? 'arrived' : 'recent'), ...railOf('left')] : [],
    shown: new Set(shown),
  };
}

function ShownRails({ choice: { liked, ranked, shown } }: { choice: Choice }) {
  const { t } = useTranslation();
  return (
    <>
      {liked === undefined ? null : (
        <Rail title={t('home.becauseYouLiked', { title: liked.title })}>
          <SimilarRail movieId={liked.id} shown={shown} />
        </Rail>
      )}
      {ranked.map(({ title, ranking, movies }) => (
        <Rail key={title} title={t(title)}>
          <RankedRail ranking={ranking} movies={movies} />
        </Rail>
      ))}
    </>
  );
}
