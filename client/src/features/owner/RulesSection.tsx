import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { RuleForm } from './RuleForm.tsx';
import { useAdminAction } from './useAdminAction.ts';

export const OwnerRulesQuery = graphql(`
  query OwnerRules {
    admin {
      operatorRules {
        id
        effect
        movieId
        genre
        service
        strength
        subject
        reason
        createdBy
        createdAt
      }
    }
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
const DeleteRuleMutation = graphql(`
  mutation DeleteOperatorRule($id: ID!) {
    deleteOperatorRule(id: $id)
  }
`);

/** Lists that rules change. They are loaded again when somebody looks at them. */
const CHANGED = ['recommendations', 'groupRecommendations', 'recommendation', 'searchMovies', 'movie'];

/** Movies that are hidden or pinned, and genres and services with a boost. */
export function RulesSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const formats = useFormats();
  const { cache } = useApolloClient();
  const { busy, run } = useAdminAction();
  const { data, refetch } = useQuery(OwnerRulesQuery);
  const [remove] = useMutation(DeleteRuleMutation);
  if (data === undefined) return null;
  const rules = data.admin.operatorRules;
  const changed = async (): Promise<void> => {
    await refetch();
    for (const fieldName of CHANGED) cache.evict({ id: 'ROOT_QUERY', fieldName });
  };
  return (
    <Section title={t('owner.rules.title')} lead={t('owner.rules.lead')}>
      {rules.length === 0 ? <p className={rows.soft}>{t('owner.rules.none')}</p> : null}
      {rules.length === 0 ? null : (
        <ul className={rows.rows}>
          {rules.map(({ id, effect, strength, subject, reason, createdBy, createdAt }) => (
            <li key={id}>
              <span>
                <span className={rows.badge}>
                  {t(`owner.rules.effects.${effect === 'BOOST' && (strength ?? 0) < 0 ? 'DAMP' : effect}`)}
                </span>{' '}
                <bdi>{subject}</bdi> {strength == null ? null : <bdi>{formats.share(strength)}</bdi>}
                <br />
                <span className={rows.soft}>
                  <bdi>{reason}</bdi> · <bdi>{createdBy}</bdi> · {dates.day(createdAt)}
                </span>
              </span>
              <Button
                disabled={busy}
                aria-label={t('owner.rules.removeOf', { subject })}
                onClick={() => void run(() => remove({ variables: { id } }).then(changed), t('owner.rules.removed'))}
              >
                {t('owner.rules.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <RuleForm rules={rules} genres={data.genres} services={data.services} onSaved={changed} />
    </Section>
  );
}
