import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { useNewsSubscription } from './useNewsSubscription.ts';

interface Props {
  publicKey: string;
  /** Whether the viewer has named services: without any there is nothing to tell. */
  hasServices: boolean;
}

/** The switch for messages to this browser. */
export function NewsSection({ publicKey, hasServices }: Props) {
  const { t } = useTranslation();
  const { support, isOn, busy, turn } = useNewsSubscription(publicKey);
  const hint = useId();
  return (
    <Section title={t('profile.news.title')} lead={t('profile.news.lead')}>
      <label className={rows.check}>
        <input
          type="checkbox"
          aria-describedby={hint}
          checked={isOn}
          aria-busy={busy}
          // Not while it is busy: the focus would be lost.
          disabled={support !== 'usable'}
          onChange={({ target }) => {
            if (!busy) void turn(target.checked);
          }}
        />
        {t('profile.news.switch')}
      </label>
      <p id={hint} className={rows.soft} role="status">
        {t(`profile.news.${support === 'usable' && !hasServices ? 'noServices' : support}`)}
      </p>
    </Section>
  );
}
