import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { changePassword, rename, signInMethods, signOut } from '../../accounts/account-requests.ts';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useSession } from '../../hooks/useSession.ts';
import { AuthForm, textOf } from '../account/AuthForm.tsx';
import { TextField } from '../account/TextField.tsx';
import { Button, ButtonLink } from '../Button.tsx';
import { Dialog } from '../Dialog.tsx';
import { useToast } from '../Toast.tsx';
import { Loaded } from './Loaded.tsx';
import { ProfileSection } from './ProfileSection.tsx';
import rows from './rows.module.css';

const AccountSection_viewer = graphql(`
  fragment AccountSection_viewer on Viewer {
    id
    name
    email
    isGuest
  }
`);

const PASSWORD = 'credential';

export function AccountSection({ viewer: given }: { viewer: FragmentType<typeof AccountSection_viewer> }) {
  const { t } = useTranslation();
  const { name, email, isGuest } = getFragmentData(AccountSection_viewer, given);
  const { renew } = useSession();
  const navigate = useNavigate();
  const toast = useToast();
  const [changing, setChanging] = useState(false);
  if (isGuest)
    return (
      <ProfileSection title={t('profile.account')} lead={t('profile.guest')}>
        <div className={rows.actions}>
          <ButtonLink look="primary" to="/sign-up">
            {t('account.signUp')}
          </ButtonLink>
          <ButtonLink to="/sign-in">{t('account.signIn')}</ButtonLink>
        </div>
      </ProfileSection>
    );
  const leave = async (): Promise<void> => {
    await signOut();
    await navigate('/');
    await renew();
  };
  return (
    <ProfileSection title={t('profile.account')} lead={email ?? ''}>
      <AuthForm
        inline
        submit={t('profile.saveName')}
        onSubmit={async (fields) => {
          await rename(textOf(fields, 'name').trim());
          await renew();
          toast({ message: t('profile.saved') });
        }}
      >
        <TextField label={t('account.name')} name="name" defaultValue={name} autoComplete="name" maxLength={80} required />
      </AuthForm>
      <Loaded load={signInMethods} height="3.5rem">
        {(methods) => (
          <ul className={rows.rows} aria-label={t('profile.methods')}>
            {methods.map((method) => (
              <li key={method}>
                <span>
                  {method === PASSWORD ? t('profile.byPassword', { email: email ?? '' }) : t('profile.byProvider', { provider: method })}
                </span>
                {method === PASSWORD ? <Button onClick={() => setChanging(true)}>{t('profile.changePassword')}</Button> : null}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <div className={rows.actions}>
        <Button onClick={() => void leave()}>{t('account.signOut')}</Button>
      </div>
      {changing ? (
        <Dialog title={t('profile.changePassword')} onClose={() => setChanging(false)}>
          <AuthForm
            submit={t('profile.changePassword')}
            onSubmit={async (fields) => {
              await changePassword(textOf(fields, 'current'), textOf(fields, 'next'));
              setChanging(false);
              toast({ message: t('profile.passwordChanged') });
            }}
          >
            <TextField label={t('profile.currentPassword')} name="current" type="password" autoComplete="current-password" required />
            <TextField
              label={t('profile.newPassword')}
              name="next"
              type="password"
              autoComplete="new-password"
              minLength={8}
              maxLength={128}
              required
            />
          </AuthForm>
        </Dialog>
      ) : null}
    </ProfileSection>
  );
}
