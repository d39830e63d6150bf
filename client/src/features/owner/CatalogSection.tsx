import { useMutation, useQuery } from '@apollo/client/react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { ScrollArea } from '../../ui/ScrollArea.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './CatalogSection.module.css';
import { useAdminAction } from './useAdminAction.ts';

export const OwnerCatalogQuery = graphql(`
  query OwnerCatalog {
    catalog {
      version
      dataAt
      dataAge
    }
    admin {
      catalog {
        previous
        versions {
          version
          dataset
          builtAt
          dataAt
          movieCount
          model
          megabytes
          protocol
          isPublished
          isServed
          quality {
            likes
            ndcg
          }
        }
        refresh {
          ...RefreshSection_refresh
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

/** How often the page asks whether a published version is served. */
const LOADING_MS = 1_500;

/** The versions of the catalog that are kept, side by side, and which is served. */
export function CatalogSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const formats = useFormats();
  const { busy, run } = useAdminAction();
  const { data, refetch, startPolling, stopPolling } = useQuery(OwnerCatalogQuery);
  const [publish] = useMutation(PublishMutation);
  const [rollBack] = useMutation(RollBackMutation);
  const isLoading = data?.admin.catalog.versions.some(({ isPublished, isServed }) => isPublished && !isServed) ?? false;
  // Another thread or server may answer, which has not loaded the version yet.
  useEffect(() => {
    if (!isLoading) return;
    startPolling(LOADING_MS);
    return stopPolling;
  }, [isLoading, startPolling, stopPolling]);
  if (data === undefined) return null;
  const { versions, previous } = data.admin.catalog;
  type Version = (typeof versions)[number];
  const act = (action: () => Promise<unknown>): void => void run(() => action().then(() => refetch()), t('owner.published'));
  const measured = [...new Set(versions.flatMap(({ quality }) => quality.map(({ likes }) => likes)))];
  const facts: { name: string; of(version: Version): ReactNode }[] = [
    {
      name: t('owner.versions.state'),
      of: ({ isServed, isPublished }) =>
        isServed ? (
          <span className={rows.badge}>{t('owner.served')}</span>
        ) : (
          t(isPublished ? 'owner.versions.loading' : 'owner.versions.kept')
        ),
    },
    { name: t('owner.versions.dataset'), of: ({ dataset }) => <bdi>{dataset}</bdi> },
    { name: t('owner.versions.films'), of: ({ movieCount }) => formats.number(movieCount) },
    { name: t('owner.versions.dataAt'), of: ({ dataAt }) => dates.day(dataAt) },
    { name: t('owner.versions.trained'), of: ({ builtAt }) => dates.day(builtAt) },
    { name: t('owner.versions.model'), of: ({ model }) => t(`owner.models.${model === 'hybrid' ? 'hybrid' : 'content'}`) },
    { name: t('owner.versions.size'), of: ({ megabytes }) => formats.size(megabytes) },
    {
      name: t('owner.versions.protocol'),
      of: ({ protocol }) => (protocol == null ? t('owner.versions.unmeasured') : <bdi>{protocol}</bdi>),
    },
    ...measured.map((likes) => ({
      name: likes === 'all' ? t('owner.versions.qualityAll') : t('owner.versions.qualityAt', { likes }),
      of: ({ quality }: Version) => quality.find((figure) => figure.likes === likes)?.ndcg.toFixed(3) ?? t('owner.versions.unmeasured'),
    })),
  ];
  return (
    <Section title={t('owner.catalog')} lead={t('owner.catalogLead')}>
      <ScrollArea label={t('owner.catalogLead')} className={styles.versions}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('owner.versions.version')}</th>
              {versions.map(({ version }) => (
                <th key={version} scope="col">
                  <bdi>{version}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {facts.map(({ name, of }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {versions.map((version) => (
                  <td key={version.version}>{of(version)}</td>
                ))}
              </tr>
            ))}
            {versions.every(({ isPublished }) => isPublished) ? null : (
              <tr>
                <th scope="row">{t('owner.publish')}</th>
                {versions.map(({ version, isPublished }) => (
                  <td key={version}>
                    {isPublished ? null : (
                      <Button
                        disabled={busy}
                        aria-label={t('owner.publishVersion', { version })}
                        onClick={() => act(() => publish({ variables: { version } }))}
                      >
                        {t('owner.publish')}
                      </Button>
                    )}
                  </td>
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </ScrollArea>
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
