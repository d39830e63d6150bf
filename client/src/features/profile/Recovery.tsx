import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendVerification } from '../../api/account-requests.ts';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { useToast } from '../../ui/Toast.tsx';
import { authErrorOf } from '../account/public/auth-error.ts';

const Recovery_query = graphql(`
  fragment Recovery_query on Query {
    signInOptions {
      mail
      passwords
    }
    viewer {
      id
      emailVerified
    }
  }
`);

interface Props {
  email: string;
  /** Whether the account has a password. */
  hasPassword: boolean;
  /** The names of the linked providers. */
  providers: readonly string[];
  query: FragmentType<typeof Recovery_query>;
}

/** How one gets back into the account, and whether the server may write to its address. */
export function Recovery({ email, hasPassword, providers, query }: Props) {
  const { t } = useTranslation();
  const { signInOptions, viewer } = getFragmentData(Recovery_query, query);
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const { mail } = signInOptions;
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await sendVerification(email);
      toast({ message: t('profile.verificationSent', { email }) });
    } catch (error) {
      toast({ message: t(`account.errors.${authErrorOf(error)}`), urgent: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {hasPassword ? <p>{mail ? t('profile.recoveryMail', { email }) : t('profile.recoveryOwner')}</p> : null}
      {providers.length > 0 ? <p>{t('profile.recoveryProvider', { provider: providers[0] })}</p> : null}
      {mail && viewer?.emailVerified === false ? (
        <div className={rows.actions}>
          <span>{t('profile.notVerified', { email })}</span>
          <Button disabled={busy} onClick={() => void send()}>
            {t('profile.verify')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
