import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Details } from '../../ui/Details.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './Figures.module.css';

export const OwnerStorageQuery = graphql(`
  query OwnerStorage {
    admin {
      server {
        version
        changes
        database
        databaseMegabytes
        freeMegabytes
        backupVerifiedAt
        mail {
          waiting
          sentAt
          failedAt
          failure
        }
        backups {
          count
          latestAt
          latestMegabytes
        }
      }
    }
  }
`);

/** What the server stores, its backups, and which release it is. */
export function StorageSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const formats = useFormats();
  const { data } = useQuery(OwnerStorageQuery);
  if (data === undefined) return null;
  const { version, changes, database, databaseMegabytes, freeMegabytes, backupVerifiedAt, backups, mail } = data.admin.server;
  const size = (megabytes: number | null | undefined): string => (megabytes == null ? t('owner.storage.unknown') : formats.size(megabytes));
  const when = (moment: string | null | undefined): string => (moment == null ? t('owner.storage.never') : dates.dayAndTime(moment));
  return (
    <Section title={t('owner.storage.title')} lead={t('owner.storage.lead')}>
      <dl className={styles.figures}>
        <div>
          <dt>{t('owner.storage.database')}</dt>
          <dd>
            <bdi>{database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}</bdi> · {size(databaseMegabytes)}
          </dd>
        </div>
        <div>
          <dt>{t('owner.storage.free')}</dt>
          <dd>{size(freeMegabytes)}</dd>
        </div>
        <div>
          <dt>{t('owner.storage.backups')}</dt>
          <dd>
            {backups == null
              ? t('owner.storage.noBackups')
              : t('owner.storage.backupCount', { count: backups.count, date: when(backups.latestAt), size: size(backups.latestMegabytes) })}
          </dd>
        </div>
        <div>
          <dt>{t('owner.storage.verified')}</dt>
          <dd>{when(backupVerifiedAt)}</dd>
        </div>
        <div>
          <dt>{t('owner.storage.mail')}</dt>
          <dd>
            {mail == null
              ? t('owner.storage.noMail')
              : t('owner.storage.mailState', { waiting: formats.number(mail.waiting), date: when(mail.sentAt) })}
          </dd>
        </div>
        {mail?.failedAt == null ? null : (
          <div>
            <dt>{t('owner.storage.mailFailure')}</dt>
            <dd>
              {dates.dayAndTime(mail.failedAt)} · <bdi>{mail.failure}</bdi>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('owner.storage.version')}</dt>
          <dd>
            <bdi>CineMatch {version}</bdi>
          </dd>
        </div>
      </dl>
      <Details summary={t('owner.storage.changes')}>
        <div className={styles.changes} lang="en" dir="ltr">
          {changes}
        </div>
      </Details>
    </Section>
  );
}
