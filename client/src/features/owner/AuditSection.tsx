import { useQuery } from '@apollo/client/react';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { BASE_PATH } from '../../api/base-path.ts';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Owner.module.css';

export const OwnerAuditQuery = graphql(`
  query OwnerAudit($after: String) {
    admin {
      auditLog(first: 20, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          at
          actor
          action
          subject
          detail
          address
        }
      }
    }
  }
`);

/** What owners and admins did. */
export function AuditSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const { data, fetchMore } = useQuery(OwnerAuditQuery);
  if (data === undefined) return null;
  const names: Record<string, string> = t('owner.actions', { returnObjects: true });
  const { nodes, pageInfo } = data.admin.auditLog;
  const more = async (): Promise<void> => {
    await fetchMore({
      variables: { after: pageInfo.endCursor ?? null },
      updateQuery: (before, { fetchMoreResult: next }) => ({
        admin: {
          ...next.admin,
          auditLog: { ...next.admin.auditLog, nodes: [...before.admin.auditLog.nodes, ...next.admin.auditLog.nodes] },
        },
      }),
    });
  };
  return (
    <Section title={t('owner.audit')} lead={t('owner.auditLead')}>
      {nodes.length === 0 ? <p className={rows.soft}>{t('owner.noAudit')}</p> : null}
      {nodes.length === 0 ? null : (
        <ul className={rows.rows}>
          {nodes.map(({ id, at, actor, action, subject, detail, address }) => (
            <li key={id}>
              <span>
                <bdi>{names[action.replace('.', '-')] ?? action}</bdi>:{' '}
                <bdi>{[subject, detail].filter((part) => part !== '').join(', ')}</bdi>
                <br />
                <span className={rows.soft}>
                  {dates.dayAndTime(at)} · <bdi>{actor}</bdi> {address === '' ? null : <bdi>· {address}</bdi>}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className={rows.actions}>
        {pageInfo.hasNextPage ? <Button onClick={() => void more()}>{t('owner.more')}</Button> : null}
        <a href={`${BASE_PATH}/audit.csv`} download className={styles.download}>
          <Download aria-hidden size={18} /> {t('owner.auditFile')}
        </a>
      </div>
    </Section>
  );
}
