import '../../language/english-settings.ts';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { verifyEmail } from '../../api/account-requests.ts';
import { AsyncSection } from '../../ui/AsyncSection.tsx';
import { Page } from '../../ui/Page.tsx';
import { useLinkToken } from './link-token.ts';
import { authErrorOf } from './public/auth-error.ts';
import { useSession } from './public/useSession.ts';
import styles from './SignIn.module.css';

/** Proves an address by the link of a mail. */
export function Component() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const { renew } = useSession();
  const verify = async (): Promise<'verifyDone' | 'verifyOver'> => {
    try {
      await verifyEmail(token ?? '');
    } catch (error) {
      if (authErrorOf(error) === 'linkOver') return 'verifyOver';
      throw error;
    }
    await renew();
    return 'verifyDone';
  };
  return (
    <Page title={t('account.verifyTitle')}>
      <div className={styles.card}>
        {token === undefined ? (
          <p>{t('account.verifyOver')}</p>
        ) : (
          <AsyncSection load={verify} height="3rem">
            {(outcome) => <p role="status">{t(`account.${outcome}`)}</p>}
          </AsyncSection>
        )}
        <p className={styles.other}>
          <Link to="/profile">{t('nav.profile')}</Link>
        </p>
      </div>
    </Page>
  );
}
