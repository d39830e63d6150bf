import { useSuspenseQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import { NewRail } from './NewRail.tsx';
import { Rail } from './Rail.tsx';
import { SimilarRail } from './SimilarRail.tsx';

const HomeRailsQuery = graphql(`
  query HomeRails($newSince: Int!) {
    new: recommendations(first: 1, mode: TRENDING, prefs: { yearMin: $newSince, preferredGenres: [] }) {
      totalCount
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

/** Movies of this year and later count as new. */
const NEW_SINCE = new Date().getFullYear() - 3;

interface Choice {
  liked: { id: string; title: string } | undefined;
  /** The viewer's services, when something new is on them. */
  servicesWithNew: string[];
}

const chosen = new Map<string, Choice>();
const MAX_CHOSEN = 50;

export function preloadRails(): Promise<unknown> {
  return client.query({ query: HomeRailsQuery, variables: { newSince: NEW_SINCE } });
}

interface Props {
  list: string;
  /** The age of the list's ranking. */
  age: number;
}

/** The rails above a ranking. They are chosen once for it: rails must not move under the pointer, nor move the list when one goes back. */
export function Rails({ list, age }: Props) {
  const name = `${age} ${list}`;
  return <RailsOfRanking key={name} name={name} />;
}

function RailsOfRanking({ name }: { name: string }) {
  const [known] = useState(() => chosen.get(name));
  return known === undefined ? <ChosenRails name={name} /> : <ShownRails choice={known} />;
}

function ChosenRails({ name }: { name: string }) {
  const { data } = useSuspenseQuery(HomeRailsQuery, { variables: { newSince: NEW_SINCE } });
  const [choice] = useState<Choice>(() => ({
    liked: data.viewer?.likedMovies.at(0),
    servicesWithNew: data.new.totalCount === 0 ? [] : (data.viewer?.preferences.services.map(({ id }) => id) ?? []),
  }));
  if (chosen.size >= MAX_CHOSEN) chosen.clear();
  chosen.set(name, choice);
  return <ShownRails choice={choice} />;
}

function ShownRails({ choice: { liked, servicesWithNew } }: { choice: Choice }) {
  const { t } = useTranslation();
  return (
    <>
      {liked === undefined ? null : (
        <Rail title={t('home.becauseYouLiked', { title: liked.title })}>
          <SimilarRail movieId={liked.id} />
        </Rail>
      )}
      {servicesWithNew.length === 0 ? null : (
        <Rail title={t('home.newOnServices')}>
          <NewRail yearMin={NEW_SINCE} services={servicesWithNew} />
        </Rail>
      )}
    </>
  );
}
