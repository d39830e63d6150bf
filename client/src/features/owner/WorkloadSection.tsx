import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { useFormats } from '../../language/useFormats.ts';
import { type Bar, BarChart } from '../../ui/BarChart.tsx';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Figures.module.css';

const Workload_span = graphql(`
  fragment Workload_span on WorkloadSpan {
    requests
    p50Ms
    p99Ms
    refused
    eventLoopDelayMs
    errors {
      name
      count
    }
    cacheLayers {
      name
      count
    }
    slots {
      at
      requests
      p99Ms
      eventLoopDelayMs
    }
  }
`);
export const OwnerWorkloadQuery = graphql(`
  query OwnerWorkload {
    admin {
      workload {
        servers
        hour {
          ...Workload_span
        }
        day {
          ...Workload_span
        }
      }
    }
  }
`);

/** Layers that answer without computing. */
const HITS: readonly string[] = ['ready', 'memory', 'redis', 'shared'];

/** What the servers answered in the last hour and day. */
export function WorkloadSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const formats = useFormats();
  const [span, setSpan] = useState<'hour' | 'day'>('hour');
  const { data, refetch } = useQuery(OwnerWorkloadQuery);
  if (data === undefined) return null;
  const { servers, ...spans } = data.admin.workload;
  const { requests, p50Ms, p99Ms, refused, eventLoopDelayMs, errors, cacheLayers, slots } = getFragmentData(Workload_span, spans[span]);
  const ms = (value: number | null | undefined): string =>
    value == null ? t('owner.traffic.nothing') : t('owner.traffic.ms', { ms: formats.rating(value) });
  const barsOf = (valueIn: (slot: (typeof slots)[number]) => number, textOf: (value: number) => string): Bar[] =>
    slots.map((slot) => ({ label: dates.dayAndTime(slot.at), value: valueIn(slot), text: textOf(valueIn(slot)) }));
  const table = { tableLabel: t('owner.traffic.table') };
  const at = t('owner.traffic.at');
  const counted = (counts: readonly { name: string; count: number }[]): string =>
    counts.length === 0 ? t('owner.traffic.nothing') : counts.map(({ name, count }) => `${name} ${formats.number(count)}`).join(' · ');
  const layerNames: Record<string, string> = t('owner.traffic.layerNames', { returnObjects: true });
  const layers = cacheLayers.map(({ name, count }) => ({ name: layerNames[name] ?? name, count }));
  const sumOf = (counts: typeof cacheLayers): string => formats.number(counts.reduce((sum, { count }) => sum + count, 0));
  const hits = { hits: sumOf(cacheLayers.filter(({ name }) => HITS.includes(name))), total: sumOf(cacheLayers) };
  return (
    <Section title={t('owner.traffic.title')} lead={t('owner.traffic.lead', { count: servers })}>
      <div className={rows.chips}>
        <Chip pressed={span === 'hour'} onToggle={() => setSpan('hour')}>
          {t('owner.traffic.hour')}
        </Chip>
        <Chip pressed={span === 'day'} onToggle={() => setSpan('day')}>
          {t('owner.traffic.day')}
        </Chip>
        <Button onClick={() => void refetch()}>{t('owner.traffic.refresh')}</Button>
      </div>
      <div className={styles.charts}>
        <BarChart
          {...table}
          title={t('owner.traffic.requests')}
          summary={formats.number(requests)}
          bars={barsOf(({ requests }) => requests, formats.number)}
          columns={[at, t('owner.traffic.requests')]}
        />
        <BarChart
          {...table}
          title={t('owner.traffic.p99')}
          summary={ms(p99Ms)}
          bars={barsOf(({ p99Ms }) => p99Ms ?? 0, ms)}
          columns={[at, t('owner.traffic.p99')]}
        />
        <BarChart
          {...table}
          title={t('owner.traffic.loop')}
          summary={ms(eventLoopDelayMs)}
          bars={barsOf(({ eventLoopDelayMs }) => eventLoopDelayMs, ms)}
          columns={[at, t('owner.traffic.loop')]}
        />
      </div>
      <dl className={styles.figures}>
        <div>
          <dt>{t('owner.traffic.p50')}</dt>
          <dd>{ms(p50Ms)}</dd>
        </div>
        <div>
          <dt>{t('owner.traffic.refused')}</dt>
          <dd>{formats.number(refused)}</dd>
        </div>
        <div>
          <dt>{t('owner.traffic.errors')}</dt>
          <dd>
            <bdi>{counted(errors)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('owner.traffic.layers')}</dt>
          <dd>
            {t('owner.traffic.layersHit', hits)} · <bdi>{counted(layers)}</bdi>
          </dd>
        </div>
      </dl>
    </Section>
  );
}
