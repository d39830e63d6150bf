import { useTranslation } from 'react-i18next';
import { rename, type SignInMethod, signOut } from '../../api/account-requests.ts';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { AuthForm, textOf } from '../account/public/AuthForm.tsx';
import { ProviderError } from '../account/public/ProviderError.tsx';
import { useSession } from '../account/public/useSession.ts';
import { SignInMethods } from './SignInMethods.tsx';

const AccountSection_viewer = graphql(`
  fragment AccountSection_viewer on Viewer {
    id
    name
    email
    isGuest
  }
`);

const AccountSection_query = graphql(`
  fragment AccountSection_query on Query {
    ...SignInMethods_query
  }
`);

interface Props {
  viewer: FragmentType<typeof AccountSection_viewer>;
  query: FragmentType<typeof AccountSection_query>;
  /** The ways to sign in when the page was opened. */
  methods(): Promise<SignInMethod[]>;
}

export function AccountSection({ viewer: given, query: givenQuery, methods }: Props) {
  const { t } = useTranslation();
  const { name, email, isGuest } = getFragmentData(AccountSection_viewer, given);
  const query = getFragmentData(AccountSection_query, givenQuery);
  const { renew, leave } = useSession();
  const toast = useToast();
  if (isGuest)
    return (
      <Section title={t('profile.account')} lead={t('profile.guest')}>
        <div className={rows.actions}>
          <ButtonLink variant="primary" to="/sign-up">
            {t('account.signUp')}
          </ButtonLink>
          <ButtonLink to="/sign-in">{t('account.signIn')}</ButtonLink>
        </div>
      </Section>
    );
  return (
    <Section title={t('profile.account')} lead={email ?? ''}>
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
      <ProviderError />
      <SignInMethods email={email ?? ''} query={query} methods={methods} />
      <div className={rows.actions}>
        <Button onClick={() => void signOut().then(leave)}>{t('account.signOut')}</Button>
      </div>
    </Section>
  );
}
