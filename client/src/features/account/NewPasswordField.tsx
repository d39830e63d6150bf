import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/TextField.tsx';

const MIN_PASSWORD = 8;
const MAX_PASSWORD = 128;

/** A password to be chosen. */
export function NewPasswordField({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <TextField
      label={label}
      hint={t('account.passwordHint', { count: MIN_PASSWORD })}
      name="password"
      type="password"
      autoComplete="new-password"
      minLength={MIN_PASSWORD}
      maxLength={MAX_PASSWORD}
      required
    />
  );
}
