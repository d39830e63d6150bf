import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf, errorKindOf } from '../../../api/request-error.ts';
import type { HistoryFileInput } from '../../../generated/graphql.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/Section.tsx';
import { DropZone } from '../DropZone.tsx';
import { ImportList } from '../ImportList.tsx';
import { ImportProgress } from '../ImportProgress.tsx';
import styles from '../ImportReview.module.css';
import { ImportReview } from '../ImportReview.tsx';
import { fileInput, type ImportOutcome, type ImportSettings, useImportFiles } from '../useImportFiles.ts';

type Step =
  | { at: 'start' }
  | { at: 'working'; dryRun: boolean }
  | { at: 'review'; inputs: readonly HistoryFileInput[]; settings: ImportSettings; outcome: ImportOutcome }
  | { at: 'done'; outcome: ImportOutcome }
  | ({ at: 'failed' } & Failure);

interface Failure {
  reason: 'failed' | 'full' | 'unreadable' | 'folder' | 'large' | 'busy' | 'signedOut';
  /** What the server says about the files. */
  message: string;
}

/** No server takes more in one request. */
const MAX_BYTES = 104_857_600;
const SETTINGS: ImportSettings = { likeFrom: 4, dislikeUpTo: 2, choices: new Map() };

/** Imports histories from other sites: files, check, review, import. Every step has a way back. */
export function ImportSection() {
  const { t } = useTranslation();
  const send = useImportFiles();
  const [step, setStep] = useState<Step>({ at: 'start' });
  const running = useRef<AbortController>(undefined);
  const run = async (
    inputs: readonly HistoryFileInput[],
    settings: ImportSettings,
    dryRun: boolean,
    shown?: ImportOutcome,
  ): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setStep({ at: 'working', dryRun });
    try {
      const outcome = await send(inputs, settings, dryRun, controller.signal, shown);
      setStep(dryRun ? { at: 'review', inputs, settings, outcome } : { at: 'done', outcome });
    } catch (error) {
      if (!controller.signal.aborted) setStep({ at: 'failed', ...failureOf(error) });
    }
  };
  const cancel = (): void => {
    running.current?.abort();
    setStep({ at: 'start' });
  };
  const take = async (files: readonly File[]): Promise<void> => {
    if (files.reduce((sum, { size }) => sum + size, 0) > MAX_BYTES) return setStep({ at: 'failed', reason: 'large', message: '' });
    let inputs: HistoryFileInput[];
    try {
      inputs = await Promise.all(files.map(fileInput));
    } catch {
      // The browser gives a folder as a file without content.
      return setStep({ at: 'failed', reason: 'folder', message: '' });
    }
    await run(inputs, SETTINGS, true);
  };
  return (
    <Section title={t('import.title')} lead={t('import.lead')}>
      <div className={styles.steps}>
        {step.at === 'start' || step.at === 'failed' || step.at === 'done' ? <DropZone onFiles={(files) => void take(files)} /> : null}
        {step.at === 'failed' ? (
          <p role="alert">
            {t(`import.${step.reason}`)} {step.message === '' ? null : <bdi>{step.message}</bdi>}
          </p>
        ) : null}
        {step.at === 'working' ? (
          <div role="status">
            <ImportProgress dryRun={step.dryRun} />
            {step.dryRun ? <Button onClick={cancel}>{t('import.cancel')}</Button> : null}
          </div>
        ) : null}
        {step.at === 'review' ? (
          <ImportReview
            inputs={step.inputs}
            outcome={step.outcome}
            settings={step.settings}
            onSettings={(settings) => setStep({ ...step, settings })}
            onReread={(inputs, settings) => void run(inputs, settings, true)}
            onMore={() => void run(step.inputs, step.settings, true, step.outcome)}
            onImport={() => void run(step.inputs, step.settings, false)}
            onCancel={cancel}
          />
        ) : null}
        {step.at === 'done' ? (
          <div className={styles.done}>
            <p role="status">{t('import.done', { count: step.outcome.movieCount })}</p>
            <ButtonLink variant="primary" to="/home">
              {t('import.next')}
            </ButtonLink>
          </div>
        ) : null}
        {step.at === 'working' || step.at === 'review' ? null : <ImportList />}
      </div>
    </Section>
  );
}

/** A full library can be told by its greatest length. Files that cannot be read say why. */
function failureOf(error: unknown): Failure {
  const errors = CombinedGraphQLErrors.is(error) ? error.errors : [];
  if (errors.some(({ extensions }) => typeof extensions?.max === 'number' && extensions.argument === 'text'))
    return { reason: 'full', message: '' };
  const unread = errors.find(({ extensions }) => extensions?.argument === 'files');
  // The name of the argument is for programs.
  if (unread !== undefined) return { reason: 'unreadable', message: unread.message.replace(/^files: /, '') };
  if (codeOf(error) === 'PAYLOAD_TOO_LARGE') return { reason: 'large', message: '' };
  const kind = errorKindOf(error);
  return { reason: kind === 'busy' ? kind : kind === 'unauthenticated' ? 'signedOut' : 'failed', message: '' };
}
