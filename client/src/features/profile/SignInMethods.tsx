import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword, linkProvider, type SignInMethod, signInMethods, unlinkProvider } from '../../api/account-requests.ts';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { AsyncSection } from '../../ui/AsyncSection.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import rows from '../../ui/rows.module.css';
import { TextField } from '../../ui/TextField.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { AuthForm, textOf } from '../account/public/AuthForm.tsx';
import { authErrorOf } from '../account/public/auth-error.ts';
import { Recovery } from './Recovery.tsx';
import { useKeepNews } from './useNewsSubscription.ts';

const SignInMethods_query = graphql(`
  fragment SignInMethods_query on Query {
    signInProviders {
      id
      name
    }
    ...Recovery_query
  }
`);

const PASSWORD = 'credential';

interface Props {
  email: string;
  query: FragmentType<typeof SignInMethods_query>;
  /** The ways when the page was opened. */
  methods(): Promise<SignInMethod[]>;
}

/** The ways to sign in to this account, with buttons to add and remove them. The last one cannot be removed. */
export function SignInMethods({ email, query, methods: atFirst }: Props) {
  const { t } = useTranslation();
  const toast = useToast();
  const [changing, setChanging] = useState(false);
  const loads = useRef(0);
  const load = (): Promise<SignInMethod[]> => (loads.current++ === 0 ? atFirst() : signInMethods());
  const keepNews = useKeepNews();
  const data = getFragmentData(SignInMethods_query, query);
  const { signInProviders: providers } = data;
  const nameOf = (id: string): string => providers.find((provider) => provider.id === id)?.name ?? id;
  const failed = (error: unknown): void => toast({ message: t(`account.errors.${authErrorOf(error)}`), urgent: true });
  return (
    <>
      <AsyncSection load={load} height={`${3.5 * (providers.length + 1)}rem`}>
        {(methods, reload) => {
          const linked = methods.filter(({ provider }) => provider !== PASSWORD);
          const unlink = async (method: SignInMethod, provider: string): Promise<void> => {
            await unlinkProvider(method);
            toast({ message: t('profile.unlinked', { provider }) });
            reload();
          };
          return (
            <>
              <ul className={rows.rows} aria-label={t('profile.methods')}>
                {methods.some(({ provider }) => provider === PASSWORD) ? (
                  <li>
                    <span>{t('profile.byPassword', { email })}</span>
                    <Button onClick={() => setChanging(true)}>{t('profile.changePassword')}</Button>
                  </li>
                ) : null}
                {linked.map((method) => {
                  const provider = nameOf(method.provider);
                  return (
                    <li key={method.id}>
                      <span>{t('profile.byProvider', { provider })}</span>
                      {methods.length > 1 ? (
                        <Button onClick={() => void unlink(method, provider).catch(failed)}>{t('profile.unlink', { provider })}</Button>
                      ) : null}
                    </li>
                  );
                })}
                {providers
                  .filter(({ id }) => !linked.some(({ provider }) => provider === id))
                  .map(({ id, name }) => (
                    <li key={id}>
                      <span className={rows.soft}>{name}</span>
                      <Button onClick={() => void linkProvider(id, '/profile').catch(failed)}>
                        {t('profile.link', { provider: name })}
                      </Button>
                    </li>
                  ))}
              </ul>
              <Recovery
                email={email}
                hasPassword={methods.some(({ provider }) => provider === PASSWORD)}
                providers={linked.map(({ provider }) => nameOf(provider))}
                query={data}
              />
            </>
          );
        }}
      </AsyncSection>
      {changing ? (
        <Dialog title={t('profile.changePassword')} onClose={() => setChanging(false)}>
          <AuthForm
            submit={t('profile.changePassword')}
            onSubmit={async (fields) => {
              await keepNews(() => changePassword(textOf(fields, 'current'), textOf(fields, 'next')));
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
    </>
  );
}
