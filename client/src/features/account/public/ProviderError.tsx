import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import styles from '../ProviderButtons.module.css';
import { providerErrorOf } from './auth-error.ts';

/** Why a sign-in by a provider failed, from `?error=` in the address, or why the person was refused whom a proxy named. */
export function ProviderError({ refusal }: { refusal?: string | null | undefined }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const code = search.get('error') ?? refusal ?? null;
  if (code === null) return null;
  return (
    <p role="alert" className={styles.error}>
      {t(`account.errors.${providerErrorOf(code)}`)}
    </p>
  );
}
