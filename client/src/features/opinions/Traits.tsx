import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { isolated } from '../../language/language.ts';
import { useFormats } from '../../language/useFormats.ts';
import { useGenreName } from '../../language/useGenreName.ts';
import styles from './Opinions.module.css';

const Traits_viewer = graphql(`
  fragment Traits_viewer on Viewer {
    likedMovies {
      id
    }
    profileTraits {
      kind
      value
      name
      likes
      dislikes
      movies {
        id
        title
      }
    }
  }
`);

const KINDS = ['GENRE', 'DECADE', 'PERSON', 'KEYWORD'] as const;

/** What CineMatch thinks the viewer likes, each with the films that say so. */
export function Traits({ viewer }: { viewer: FragmentType<typeof Traits_viewer> }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const genreName = useGenreName();
  const { profileTraits, likedMovies } = getFragmentData(Traits_viewer, viewer);
  if (profileTraits.length === 0) return <p className={styles.empty}>{t('opinions.none.profile')}</p>;
  return (
    <div className={styles.kinds}>
      {KINDS.map((kind) => {
        const traits = profileTraits.filter((trait) => trait.kind === kind);
        if (traits.length === 0) return null;
        return (
          <section key={kind} className={styles.kind} aria-labelledby={`kind-${kind}`}>
            <h2 id={`kind-${kind}`}>{t(`opinions.kinds.${kind}`)}</h2>
            <ul className={styles.traits}>
              {traits.map(({ value, name, likes, dislikes, movies }) => {
                const shown =
                  kind === 'GENRE' ? genreName({ id: value, name }) : kind === 'DECADE' ? t('opinions.decade', { decade: name }) : name;
                return (
                  <li key={value}>
                    <p className={styles.trait}>
                      <bdi>{addressOf(kind, value) === undefined ? shown : <Link to={addressOf(kind, value) ?? ''}>{shown}</Link>}</bdi>
                      <span>
                        {t('opinions.likes', { count: likes, shown: number(likes) })}
                        {dislikes > 0 ? ` · ${t('opinions.dislikes', { count: dislikes, shown: number(dislikes) })}` : null}
                      </span>
                    </p>
                    <span className={styles.bar} aria-hidden>
                      <span style={{ inlineSize: `${Math.min(1, likes / Math.max(1, likedMovies.length)) * 100}%` }} />
                    </span>
                    <p className={styles.evidence}>{movies.map(({ title }) => isolated(title)).join(t('comma'))}</p>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** The list of the films with this trait, where the list can be filtered by it. */
function addressOf(kind: (typeof KINDS)[number], value: string): string | undefined {
  if (kind === 'GENRE') return `/home?genre=${encodeURIComponent(value)}`;
  if (kind === 'DECADE') return `/home?from=${value}&to=${Number(value) + 9}`;
  return undefined;
}
