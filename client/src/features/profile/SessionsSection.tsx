import { useTranslation } from 'react-i18next';
import { endSession, sessions } from '../../api/account-requests.ts';
import { useDates } from '../../language/useDates.ts';
import { AsyncSection } from '../../ui/AsyncSection.tsx';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { programName } from './program-name.ts';

export function SessionsSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const toast = useToast();
  return (
    <Section title={t('profile.sessions')} lead={t('profile.sessionsLead')}>
      <AsyncSection load={sessions} height="3.5rem">
        {(list, reload) => (
          <ul className={rows.rows}>
            {list.map(({ token, userAgent, address, since, current }) => (
              <li key={token}>
                <span>
                  {userAgent === null ? t('profile.unknownProgram') : programName(userAgent)}
                  <br />
                  <span className={rows.soft}>
                    {[address, t('profile.since', { date: dates.dayAndTime(since) })].filter((part) => part !== null).join(' · ')}
                  </span>
                </span>
                {current ? (
                  <span className={rows.badge}>{t('profile.thisOne')}</span>
                ) : (
                  <Button
                    onClick={() =>
                      void endSession(token).then(reload, () => {
                        toast({ message: t('account.errors.other'), urgent: true });
                      })
                    }
                  >
                    {t('profile.endSession')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </AsyncSection>
    </Section>
  );
}
