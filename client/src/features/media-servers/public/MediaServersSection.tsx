import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { useDates } from '../../../language/useDates.ts';
import { Button } from '../../../ui/Button.tsx';
import rows from '../../../ui/rows.module.css';
import { Section } from '../../../ui/Section.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useToast } from '../../../ui/Toast.tsx';
import { AuthForm, textOf } from '../../account/public/AuthForm.tsx';
import { HookEvents } from '../HookEvents.tsx';
import { HookDialog } from './HookDialog.tsx';

export const MediaServersSection_viewer = graphql(`
  fragment MediaServersSection_viewer on Viewer {
    id
    hook {
      start
      mediaUser
      createdAt
    }
    hookEvents(first: 10) {
      ...HookEvents_event
    }
  }
`);
const CreateHookMutation = graphql(`
  mutation CreateHook($mediaUser: String) {
    createHook(mediaUser: $mediaUser) {
      token
    }
  }
`);
const SetHookUserMutation = graphql(`
  mutation SetHookUser($mediaUser: String) {
    setHookUser(mediaUser: $mediaUser) {
      mediaUser
    }
  }
`);
const RevokeHookMutation = graphql(`
  mutation RevokeHook {
    revokeHook
  }
`);

interface Props {
  viewer: FragmentType<typeof MediaServersSection_viewer>;
  /** Asks for the viewer again. */
  onChanged(): Promise<unknown>;
}

/** The address to which media servers send what the viewer watched, and what they sent. */
export function MediaServersSection({ viewer, onChanged }: Props) {
  const { t } = useTranslation();
  const dates = useDates();
  const toast = useToast();
  const { hook, hookEvents } = getFragmentData(MediaServersSection_viewer, viewer);
  const [token, setToken] = useState<string>();
  const [create, creating] = useMutation(CreateHookMutation);
  const [setUser, setting] = useMutation(SetHookUserMutation);
  const [revoke, revoking] = useMutation(RevokeHookMutation);
  const busy = creating.loading || setting.loading || revoking.loading;
  const run = async (action: () => Promise<unknown>, done?: string): Promise<void> => {
    try {
      await action();
      await onChanged();
      if (done !== undefined) toast({ message: done });
    } catch {
      toast({ message: t('profile.refused'), urgent: true });
    }
  };
  const make = (mediaUser: string | null): Promise<void> =>
    run(async () => setToken((await create({ variables: { mediaUser } })).data?.createHook.token));
  const nameOf = (fields: FormData): string | null => textOf(fields, 'mediaUser').trim() || null;
  const field = (
    <TextField
      label={t('mediaServers.user')}
      hint={t('mediaServers.userHint')}
      name="mediaUser"
      defaultValue={hook?.mediaUser ?? ''}
      maxLength={100}
      autoComplete="off"
    />
  );
  return (
    <Section title={t('mediaServers.title')} lead={t('mediaServers.lead')}>
      {hook == null ? (
        <AuthForm inline submit={t('mediaServers.create')} onSubmit={(fields) => make(nameOf(fields))}>
          {field}
        </AuthForm>
      ) : (
        <>
          <ul className={rows.rows}>
            <li>
              <span>
                <code dir="ltr">/hooks/{hook.start}…</code>
                <br />
                <span className={rows.soft}>{t('mediaServers.since', { date: dates.day(hook.createdAt) })}</span>
              </span>
              <Button disabled={busy} onClick={() => void make(hook.mediaUser ?? null)}>
                {t('mediaServers.renew')}
              </Button>
              <Button disabled={busy} onClick={() => void run(() => revoke(), t('mediaServers.revoked'))}>
                {t('mediaServers.revoke')}
              </Button>
            </li>
          </ul>
          <AuthForm
            inline
            submit={t('mediaServers.saveUser')}
            onSubmit={(fields) => run(() => setUser({ variables: { mediaUser: nameOf(fields) } }), t('profile.saved'))}
          >
            {field}
          </AuthForm>
        </>
      )}
      <HookEvents first={hookEvents} />
      {token === undefined ? null : <HookDialog token={token} onClose={() => setToken(undefined)} />}
    </Section>
  );
}
