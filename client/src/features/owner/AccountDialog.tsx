import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRole } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import rows from '../../ui/rows.module.css';
import { type Link, LinkDialog } from './LinkDialog.tsx';
import { useAdminAction } from './useAdminAction.ts';

const SetRoleMutation = graphql(`
  mutation SetAccountRole($userId: ID!, $role: AccountRole!) {
    setAccountRole(userId: $userId, role: $role) {
      id
      role
    }
  }
`);
const SignOutMutation = graphql(`
  mutation SignOutAccount($userId: ID!) {
    signOutAccount(userId: $userId) {
      id
      sessionCount
    }
  }
`);
const DisableMutation = graphql(`
  mutation DisableAccount($userId: ID!) {
    disableAccount(userId: $userId) {
      id
      disabled
      sessionCount
    }
  }
`);
const EnableMutation = graphql(`
  mutation EnableAccount($userId: ID!) {
    enableAccount(userId: $userId) {
      id
      disabled
    }
  }
`);
const DeleteMutation = graphql(`
  mutation DeleteAccount($userId: ID!) {
    deleteAccount(userId: $userId)
  }
`);
const ResetLinkMutation = graphql(`
  mutation CreatePasswordResetLink($userId: ID!) {
    createPasswordResetLink(userId: $userId) {
      url
      expiresAt
      mailedTo
    }
  }
`);

const ROLES: readonly AccountRole[] = ['MEMBER', 'ADMIN', 'OWNER'];

interface Props {
  account: { id: string; name: string; email: string; role: AccountRole; disabled: boolean };
  /** Whether the viewer may give roles. */
  isOwner: boolean;
  /** Whether it is the account of the viewer, which nobody disables or deletes here. */
  isOwn: boolean;
  onChanged(): void;
  onClose(): void;
}

/** What an admin can do with one account. */
export function AccountDialog({ account: { id, name, email, role, disabled }, isOwner, isOwn, onChanged, onClose }: Props) {
  const { t } = useTranslation();
  const { busy, run } = useAdminAction();
  const [deleting, setDeleting] = useState(false);
  const [link, setLink] = useState<Link>();
  const options = { variables: { userId: id } };
  const [setRole] = useMutation(SetRoleMutation);
  const [signOut] = useMutation(SignOutMutation, options);
  const [disable] = useMutation(DisableMutation, options);
  const [enable] = useMutation(EnableMutation, options);
  const [remove] = useMutation(DeleteMutation, options);
  const [makeLink] = useMutation(ResetLinkMutation, options);
  const act = (action: () => Promise<unknown>): void => void run(() => action().then(onChanged), t('owner.done'));
  if (link !== undefined) return <LinkDialog link={link} onClose={() => setLink(undefined)} />;
  return (
    <Dialog title={name} onClose={onClose}>
      <p>
        <bdi>{email}</bdi>
      </p>
      {isOwner ? (
        <label>
          {t('owner.role')}{' '}
          <select
            value={role}
            disabled={busy}
            onChange={({ target }) => {
              const chosen = ROLES.find((known) => known === target.value);
              if (chosen !== undefined) act(() => setRole({ variables: { userId: id, role: chosen } }));
            }}
          >
            {ROLES.map((known) => (
              <option key={known} value={known}>
                {t(`owner.roles.${known}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <div className={rows.actions}>
        <Button
          disabled={busy}
          onClick={() =>
            void run(async () => {
              const made = (await makeLink()).data?.createPasswordResetLink;
              if (made !== undefined) setLink({ title: t('owner.resetLink'), ...made });
            })
          }
        >
          {t('owner.resetLink')}
        </Button>
        <Button disabled={busy} onClick={() => act(signOut)}>
          {t('owner.signOut')}
        </Button>
        {isOwn ? null : (
          <>
            <Button disabled={busy} onClick={() => act(disabled ? enable : disable)}>
              {t(disabled ? 'owner.enable' : 'owner.disable')}
            </Button>
            <Button disabled={busy} variant="danger" onClick={() => setDeleting(true)}>
              {t('owner.delete')}
            </Button>
          </>
        )}
      </div>
      {deleting ? (
        <>
          <p role="alert">{t('owner.deleteWarning', { name })}</p>
          <div className={rows.actions}>
            <Button
              disabled={busy}
              variant="danger"
              onClick={() =>
                act(async () => {
                  await remove();
                  onClose();
                })
              }
            >
              {t('owner.deleteConfirm')}
            </Button>
          </div>
        </>
      ) : null}
    </Dialog>
  );
}
