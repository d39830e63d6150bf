import { useSuspenseQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { continueWith } from '../../api/account-requests.ts';
import { client } from '../../api/client.ts';
import { graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ProviderButtons.module.css';
import { type AuthErrorKind, authErrorOf } from './public/auth-error.ts';

const ProviderButtonsQuery = graphql(`
  query ProviderButtons {
    signInProviders {
      id
      name
    }
  }
`);

export async function preloadProviders(): Promise<void> {
  await client.query({ query: ProviderButtonsQuery });
}

/** One button for each configured provider, or nothing. The provider leads to `back`, or after a refusal to this page. */
export function ProviderButtons({ back, invitation }: { back: string; invitation?: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useSuspenseQuery(ProviderButtonsQuery);
  const [leaving, setLeaving] = useState(false);
  const [error, setError] = useState<AuthErrorKind>();
  const leave = async (provider: string): Promise<void> => {
    setLeaving(true);
    setError(undefined);
    try {
      await continueWith(provider, back, invitation);
    } catch (error) {
      setError(authErrorOf(error));
      setLeaving(false);
    }
  };
  if (data.signInProviders.length === 0) return null;
  return (
    <div className={styles.providers}>
      <p className={styles.or}>{t('account.or')}</p>
      {data.signInProviders.map(({ id, name }) => (
        <Button key={id} disabled={leaving} onClick={() => void leave(id)}>
          {t('account.continueWith', { provider: name })}
        </Button>
      ))}
      {error === undefined ? null : (
        <p role="alert" className={styles.error}>
          {t(`account.errors.${error}`)}
        </p>
      )}
    </div>
  );
}
