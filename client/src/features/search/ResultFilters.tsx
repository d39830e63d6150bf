import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MovieFilterInput } from '../../generated/graphql.ts';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import { Chip } from '../../ui/Chip.tsx';
import foundList from '../../ui/found-list.module.css';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { toggled } from '../../ui/toggled.ts';

const ResultFilters_query = graphql(`
  fragment ResultFilters_query on Query {
    genres {
      id
      name
    }
    services {
      id
      name
    }
  }
`);

const PARAMETERS = { genres: 'genre', services: 'service' } as const;
type Field = keyof typeof PARAMETERS;

/** The filters in the address. */
export function resultFilter(search: URLSearchParams): MovieFilterInput {
  const [genres, services] = [search.getAll(PARAMETERS.genres), search.getAll(PARAMETERS.services)];
  return { ...(genres.length > 0 ? { genres } : {}), ...(services.length > 0 ? { services } : {}) };
}

interface Props {
  query: FragmentType<typeof ResultFilters_query>;
  search: URLSearchParams;
  onChange(search: URLSearchParams): void;
  /** Further tools. */
  children?: ReactNode;
}

/** Genres and services to choose among results. */
export function ResultFilters({ query, search, onChange, children }: Props) {
  const { t } = useTranslation();
  const genreName = useGenreName();
  const { genres, services } = getFragmentData(ResultFilters_query, query);
  const filter = resultFilter(search);
  const chosen = (field: Field): readonly string[] => filter[field] ?? [];
  const change = (field: Field, id: string): void => {
    const next = new URLSearchParams(search);
    next.delete(PARAMETERS[field]);
    for (const value of toggled(chosen(field), id)) next.append(PARAMETERS[field], value);
    onChange(next);
  };
  return (
    <div className={foundList.filters}>
      <fieldset ref={rovingFocus} className={foundList.chips} aria-label={t('movie.genres')}>
        {genres.map((genre) => (
          <Chip key={genre.id} pressed={chosen('genres').includes(genre.id)} onToggle={() => change('genres', genre.id)}>
            {genreName(genre)}
          </Chip>
        ))}
      </fieldset>
      <fieldset ref={rovingFocus} className={foundList.chips} aria-label={t('filters.services')}>
        {services.map(({ id, name }) => (
          <Chip key={id} pressed={chosen('services').includes(id)} onToggle={() => change('services', id)}>
            {name}
          </Chip>
        ))}
      </fieldset>
      {children}
    </div>
  );
}
