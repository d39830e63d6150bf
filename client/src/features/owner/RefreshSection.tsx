import { useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Details } from '../../ui/Details.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { OwnerCatalogQuery } from './CatalogSection.tsx';
import styles from './Figures.module.css';

const RefreshSection_refresh = graphql(`
  fragment RefreshSection_refresh on RefreshReport {
    startedAt
    finishedAt
    seconds
    result
    failedStep
    error
    succeededAt
    nextAt
    newMovies
    changedMovies
    removedMovies
    offersBegun
    offersEnded
    skipped
    log
  }
`);

/** How old the data is, and how its last refresh went. */
export function RefreshSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const { duration } = useFormats();
  const { data } = useQuery(OwnerCatalogQuery);
  if (data === undefined) return null;
  const { dataAt, dataAge } = data.catalog;
  const { refresh } = data.admin.catalog;
  return (
    <Section title={t('owner.refresh.title')} lead={t('owner.refresh.lead')}>
      <dl className={styles.figures}>
        <div>
          <dt>{t('owner.refresh.age')}</dt>
          <dd>{t('owner.refresh.ageSince', { age: duration(dataAge), date: dates.dayAndTime(dataAt) })}</dd>
        </div>
        {refresh == null ? null : <Figures refresh={refresh} />}
      </dl>
      {refresh == null ? <p className={rows.soft}>{t('owner.refresh.none')}</p> : <Log refresh={refresh} />}
    </Section>
  );
}

interface Props {
  refresh: FragmentType<typeof RefreshSection_refresh>;
}

function Figures({ refresh }: Props) {
  const { t } = useTranslation();
  const dates = useDates();
  const { duration, number } = useFormats();
  const last = getFragmentData(RefreshSection_refresh, refresh);
  const count = (value: number | null | undefined): string => number(value ?? 0);
  const facts: [key: 'result' | 'startedAt' | 'took' | 'changes' | 'error' | 'skipped' | 'succeededAt' | 'nextAt', text: string | null][] =
    [
      ['result', t(`owner.refresh.results.${last.result ?? 'RUNNING'}`)],
      ['startedAt', dates.dayAndTime(last.startedAt)],
      ['took', last.seconds == null ? null : duration(last.seconds)],
      [
        'changes',
        last.newMovies == null
          ? t('owner.refresh.notAsked')
          : t('owner.refresh.changed', {
              fresh: count(last.newMovies),
              changed: count(last.changedMovies),
              removed: count(last.removedMovies),
              begun: count(last.offersBegun),
              ended: count(last.offersEnded),
            }),
      ],
      ['error', last.error == null ? null : [last.failedStep, last.error].filter((part) => part != null).join(': ')],
      ['skipped', last.skipped.length === 0 ? null : last.skipped.join(' · ')],
      ['succeededAt', last.succeededAt == null ? t('owner.storage.never') : dates.dayAndTime(last.succeededAt)],
      ['nextAt', last.nextAt == null ? null : dates.dayAndTime(last.nextAt)],
    ];
  return facts.map(([key, text]) =>
    text === null ? null : (
      <div key={key}>
        <dt>{t(`owner.refresh.${key}`)}</dt>
        <dd>
          <bdi>{text}</bdi>
        </dd>
      </div>
    ),
  );
}

function Log({ refresh }: Props) {
  const { t } = useTranslation();
  const { log } = getFragmentData(RefreshSection_refresh, refresh);
  if (log.length === 0) return null;
  return (
    <Details summary={t('owner.refresh.log')}>
      <div className={styles.changes} lang="en" dir="ltr">
        {log.join('\n')}
      </div>
    </Details>
  );
}
