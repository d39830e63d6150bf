import { useMutation, useQuery } from '@apollo/client/react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegistrationMode } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { AuthForm, textOf } from '../account/public/AuthForm.tsx';
import { type Link, LinkDialog } from './LinkDialog.tsx';
import styles from './Owner.module.css';
import { useAdminAction } from './useAdminAction.ts';

export const OwnerRegistrationQuery = graphql(`
  query OwnerRegistration {
    admin {
      registration {
        mode
        isFixed
      }
      invitations {
        id
        email
        role
        expiresAt
      }
    }
  }
`);
const SetRegistrationMutation = graphql(`
  mutation SetRegistration($mode: RegistrationMode!) {
    setRegistration(mode: $mode) {
      mode
    }
  }
`);
const CreateInvitationMutation = graphql(`
  mutation CreateInvitation($email: String, $role: AccountRole!) {
    createInvitation(email: $email, role: $role) {
      url
      expiresAt
      mailedTo
    }
  }
`);
const RevokeInvitationMutation = graphql(`
  mutation RevokeInvitation($id: ID!) {
    revokeInvitation(id: $id)
  }
`);

const MODES: readonly RegistrationMode[] = ['OPEN', 'INVITE', 'CLOSED'];

/** Who may create an account, and the invitations. */
export function RegistrationSection({ isOwner }: { isOwner: boolean }) {
  const { t } = useTranslation();
  const dates = useDates();
  const { busy, run } = useAdminAction();
  const [link, setLink] = useState<Link>();
  const [invited, setInvited] = useState(0);
  const { data, refetch } = useQuery(OwnerRegistrationQuery);
  const [setMode] = useMutation(SetRegistrationMutation);
  const [create] = useMutation(CreateInvitationMutation);
  const [revoke] = useMutation(RevokeInvitationMutation);
  if (data === undefined) return null;
  const { registration, invitations } = data.admin;
  const invite = async (fields: FormData): Promise<void> => {
    const email = textOf(fields, 'email').trim();
    const role = textOf(fields, 'role') === 'ADMIN' ? 'ADMIN' : 'MEMBER';
    const made = (await create({ variables: { email: email === '' ? null : email, role } })).data?.createInvitation;
    if (made !== undefined) setLink({ title: t('owner.invitation'), ...made });
    setInvited((before) => before + 1);
    await refetch();
  };
  return (
    <Section title={t('owner.registration')} lead={t(registration.isFixed ? 'owner.registrationFixed' : 'owner.registrationLead')}>
      <fieldset className={rows.group} disabled={busy || registration.isFixed}>
        <legend>{t('owner.mayRegister')}</legend>
        {MODES.map((mode) => (
          <label key={mode} className={styles.choice}>
            <input
              type="radio"
              name="registration"
              checked={registration.mode === mode}
              onChange={() => void run(() => setMode({ variables: { mode } }).then(() => refetch()), t('owner.done'))}
            />{' '}
            {t(`owner.modes.${mode}`)}
          </label>
        ))}
      </fieldset>
      <h3>{t('owner.invitations')}</h3>
      {invitations.length === 0 ? <p className={rows.soft}>{t('owner.noInvitations')}</p> : null}
      {invitations.length === 0 ? null : (
        <ul className={rows.rows}>
          {invitations.map(({ id, email, role, expiresAt }) => (
            <li key={id}>
              <span>
                <bdi>{email ?? t('owner.anyAddress')}</bdi> · {t(`owner.roles.${role}`)}
                <br />
                <span className={rows.soft}>{t('owner.until', { date: dates.dayAndTime(expiresAt) })}</span>
              </span>
              <Button disabled={busy} onClick={() => void run(() => revoke({ variables: { id } }).then(() => refetch()), t('owner.done'))}>
                {t('owner.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.invite}>
        <AuthForm submit={t('owner.invite')} onSubmit={(fields) => run(() => invite(fields))}>
          {/* Empty again for the next invitation, which may be for another role. */}
          <Fragment key={invited}>
            <TextField label={t('owner.inviteEmail')} hint={t('owner.inviteEmailHint')} name="email" type="email" autoComplete="off" />
            {isOwner ? (
              <label className={styles.choice}>
                <input type="checkbox" name="role" value="ADMIN" /> {t('owner.inviteAdmin')}
              </label>
            ) : null}
          </Fragment>
        </AuthForm>
      </div>
      {link === undefined ? null : <LinkDialog link={link} onClose={() => setLink(undefined)} />}
    </Section>
  );
}
