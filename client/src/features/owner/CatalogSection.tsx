import { useMutation, useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { useAdminAction } from './useAdminAction.ts';

export const OwnerCatalogQuery = graphql(`
  query OwnerCatalog {
    admin {
      catalog {
        previous
        versions {
          version
          dataset
          builtAt
          movieCount
          model
          megabytes
          isPublished
          isServed
          quality {
            likes
            ndcg
          }
        }
      }
    }
  }
`);
const PublishMutation = graphql(`
  mutation PublishVersion($version: ID!) {
    publishVersion(version: $version) {
      publishedAt
    }
  }
`);
const RollBackMutation = graphql(`
  mutation RollBackCatalog {
    rollBackCatalog {
      publishedAt
    }
  }
`);

/** The versions of the catalog that are kept, and which is served. */
export function CatalogSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const formats = useFormats();
  const { busy, run } = useAdminAction();
  const { data, refetch } = useQuery(OwnerCatalogQuery);
  const [publish] = useMutation(PublishMutation);
  const [rollBack] = useMutation(RollBackMutation);
  if (data === undefined) return null;
  const { versions, previous } = data.admin.catalog;
  const act = (action: () => Promise<unknown>): void => void run(() => action().then(() => refetch()), t('owner.published'));
  return (
    <Section title={t('owner.catalog')} lead={t('owner.catalogLead')}>
      <ul className={rows.rows}>
        {versions.map(({ version, dataset, builtAt, movieCount, model, megabytes, isPublished, isServed, quality }) => (
          <li key={version}>
            <span>
              <bdi>{version}</bdi> {isServed ? <span className={rows.badge}>{t('owner.served')}</span> : null}
              <br />
              <span className={rows.soft}>
                <bdi>{dataset}</bdi> · {t('owner.films', { count: movieCount })} ·{' '}
                {t(`owner.models.${model === 'hybrid' ? 'hybrid' : 'content'}`)} · {t('owner.trained', { date: dates.day(builtAt) })} ·{' '}
                {t('owner.megabytes', { size: formats.rating(megabytes) })}
              </span>
              {quality.length === 0 ? null : (
                <>
                  <br />
                  <span className={rows.soft}>
                    {t('owner.quality')}{' '}
                    {quality
                      .map(({ likes, ndcg }) =>
                        likes === 'all'
                          ? t('owner.qualityAll', { ndcg: ndcg.toFixed(3) })
                          : t('owner.qualityAt', { likes, ndcg: ndcg.toFixed(3) }),
                      )
                      .join(' · ')}
                  </span>
                </>
              )}
            </span>
            {isPublished ? null : (
              <Button
                disabled={busy}
                aria-label={t('owner.publishVersion', { version })}
                onClick={() => act(() => publish({ variables: { version } }))}
              >
                {t('owner.publish')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {previous == null ? null : (
        <div className={rows.actions}>
          <Button disabled={busy} onClick={() => act(() => rollBack())}>
            {t('owner.rollBack', { version: previous })}
          </Button>
        </div>
      )}
    </Section>
  );
}
