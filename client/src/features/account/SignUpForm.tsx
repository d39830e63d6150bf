import { useTranslation } from 'react-i18next';
import { signUp } from '../../api/account-requests.ts';
import { TextField } from '../../ui/TextField.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import { ProviderButtons } from './ProviderButtons.tsx';
import { AuthForm, textOf } from './public/AuthForm.tsx';
import { useSession } from './public/useSession.ts';

interface Props {
  back: string;
  passwords: boolean;
  /** Whether the server sends mail. */
  mail: boolean;
  /** The token of an invitation, and the address that it is bound to. */
  invitation?: string;
  email?: string | null;
}

/** Name, address and password, and the providers. */
export function SignUpForm({ back, passwords, mail, invitation, email = null }: Props) {
  const { t } = useTranslation();
  const { renew } = useSession();
  const submit = async (fields: FormData): Promise<void> => {
    await signUp(textOf(fields, 'name').trim(), textOf(fields, 'email'), textOf(fields, 'password'), invitation);
    await renew();
  };
  return (
    <>
      {passwords ? (
        <AuthForm submit={t('account.signUp')} onSubmit={submit}>
          <TextField label={t('account.name')} name="name" autoComplete="name" maxLength={80} required />
          <TextField
            label={t('account.email')}
            name="email"
            type="email"
            autoComplete="username"
            required
            {...(email === null ? {} : { defaultValue: email, readOnly: true })}
          />
          <NewPasswordField label={t('account.password')} />
          <p>{t(mail ? 'account.recoveryMail' : 'account.recovery')}</p>
        </AuthForm>
      ) : (
        <>
          <p>{t('account.onlyProviders')}</p>
          <p>{t('account.recoveryProvider')}</p>
        </>
      )}
      <ProviderButtons back={back} invitation={invitation} />
    </>
  );
}
