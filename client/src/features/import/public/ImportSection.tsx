import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistorySource } from '../../../generated/graphql.ts';
import rows from '../../../ui/rows.module.css';
import { Section } from '../../../ui/Section.tsx';
import { DropZone } from '../DropZone.tsx';
import { type HistoryPart, historyParts, SOURCES, sourceOf } from '../history-file.ts';
import styles from '../ImportReview.module.css';
import { ImportReview } from '../ImportReview.tsx';
import { type ImportOutcome, useImportHistory } from '../useImportHistory.ts';

/** Rows in one request: small enough to show progress and to keep each request short. */
const PART_ROWS = 400;

type Step =
  | { at: 'start' }
  | { at: 'source'; text: string }
  | { at: 'working'; done: number; dryRun: boolean }
  | { at: 'review'; parts: HistoryPart[]; source: HistorySource; outcome: ImportOutcome }
  | { at: 'done'; outcome: ImportOutcome }
  | { at: 'failed'; reason: 'failed' | 'full' };

/** Imports a history from another site: file, check, review, import. */
export function ImportSection() {
  const { t } = useTranslation();
  const send = useImportHistory();
  const [step, setStep] = useState<Step>({ at: 'start' });
  const run = async (parts: HistoryPart[], source: HistorySource, dryRun: boolean, choices: ReadonlyMap<number, string>): Promise<void> => {
    setStep({ at: 'working', done: 0, dryRun });
    try {
      const onProgress = (done: number): void => setStep({ at: 'working', done, dryRun });
      const outcome = await send(parts, source, { dryRun, choices, onProgress });
      setStep(dryRun ? { at: 'review', parts, source, outcome } : { at: 'done', outcome });
    } catch (error) {
      setStep({ at: 'failed', reason: isFull(error) ? 'full' : 'failed' });
    }
  };
  const review = (text: string, source: HistorySource): Promise<void> => run(historyParts(text, PART_ROWS), source, true, new Map());
  const take = async (file: File): Promise<void> => {
    const text = await file.text();
    const source = sourceOf(text, file.name);
    if (source === undefined) setStep({ at: 'source', text });
    else await review(text, source);
  };
  return (
    <Section title={t('import.title')} lead={t('import.lead')}>
      <div className={styles.steps}>
        {step.at === 'start' || step.at === 'failed' || step.at === 'done' ? <DropZone onFile={(file) => void take(file)} /> : null}
        {step.at === 'failed' ? <p role="alert">{t(`import.${step.reason}`)}</p> : null}
        {step.at === 'source' ? (
          <label className={rows.group}>
            {t('import.which')}
            <select
              defaultValue=""
              onChange={(event) => {
                const source = SOURCES.find((one) => one === event.target.value);
                if (source !== undefined) void review(step.text, source);
              }}
            >
              <option value="" disabled>
                {t('import.choose')}
              </option>
              {SOURCES.map((source) => (
                <option key={source} value={source}>
                  {t(`import.sources.${source}`)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {step.at === 'working' ? (
          <div role="status">
            <p>{step.dryRun ? t('import.looking') : t('import.importing')}</p>
            <progress className={styles.progress} max={1} value={step.done} aria-label={t('import.progress')} />
          </div>
        ) : null}
        {step.at === 'review' ? (
          <ImportReview
            outcome={step.outcome}
            onImport={(choices) => void run(step.parts, step.source, false, choices)}
            onCancel={() => setStep({ at: 'start' })}
          />
        ) : null}
        {step.at === 'done' ? <p role="status">{t('import.done', { count: step.outcome.taken })}</p> : null}
      </div>
    </Section>
  );
}

/** The library is full: no list can grow past its greatest length, which is smaller for guests. */
function isFull(error: unknown): boolean {
  return CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => typeof extensions?.max === 'number');
}
