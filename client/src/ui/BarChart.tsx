import { useId } from 'react';
import styles from './BarChart.module.css';
import { Details } from './Details.tsx';

export interface Bar {
  /** When or what it is. */
  label: string;
  value: number;
  /** The value as people read it. */
  text: string;
}

interface Props {
  title: string;
  /** The most important figure, in words. */
  summary: string;
  bars: readonly Bar[];
  /** Above the columns of the table. */
  columns: readonly [label: string, value: string];
  /** Opens the table. */
  tableLabel: string;
}

const HEIGHT = 60;

/** Bars of one size for values over time. The same values are in a table, for readers who do not see the bars. */
export function BarChart({ title, summary, bars, columns, tableLabel }: Props) {
  const id = useId();
  const largest = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption id={id}>
        {title} <strong>{summary}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${bars.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden className={styles.bars}>
        {bars.map(({ label, value }, n) => {
          // Not even a small value is invisible.
          const height = value <= 0 ? 0 : Math.max(1, (value / largest) * HEIGHT);
          return <rect key={label} x={n + 0.1} width={0.8} y={HEIGHT - height} height={height} />;
        })}
      </svg>
      <Details summary={tableLabel} label={title}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{columns[0]}</th>
              <th scope="col">{columns[1]}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ label, text }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Details>
    </figure>
  );
}
