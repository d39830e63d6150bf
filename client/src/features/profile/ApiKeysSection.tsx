import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiKeys, createApiKey, deleteApiKey } from '../../api/account-requests.ts';
import { useDates } from '../../language/useDates.ts';
import { AsyncSection } from '../../ui/AsyncSection.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import rows from '../../ui/rows.module.css';
import { Section } from '../../ui/Section.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import { AuthForm, textOf } from '../account/public/AuthForm.tsx';

export function ApiKeysSection() {
  const { t } = useTranslation();
  const dates = useDates();
  const toast = useToast();
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<string>();
  const copy = useCopy();
  return (
    <Section title={t('profile.keys')} lead={t('profile.keysLead')}>
      <AsyncSection load={apiKeys} height="3.5rem">
        {(keys, reload) => (
          <>
            {keys.length === 0 ? null : (
              <ul className={rows.rows}>
                {keys.map(({ id, name, start, scopes, expiresAt }) => (
                  <li key={id}>
                    <span>
                      {name} {start === null ? null : <code className={rows.soft}>{start}…</code>}
                      <br />
                      <span className={rows.soft}>
                        {t(scopes.includes('write') ? 'profile.mayWrite' : 'profile.mayRead')}
                        {expiresAt === null ? '' : ` · ${t('profile.until', { date: dates.day(expiresAt) })}`}
                      </span>
                    </span>
                    <Button
                      onClick={() =>
                        void deleteApiKey(id).then(reload, () => {
                          toast({ message: t('account.errors.other'), urgent: true });
                        })
                      }
                    >
                      {t('profile.deleteKey', { name })}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
            <div className={rows.actions}>
              <Button onClick={() => setCreating(true)}>{t('profile.newKey')}</Button>
            </div>
            {creating ? (
              <Dialog title={t('profile.newKey')} onClose={() => setCreating(false)}>
                <AuthForm
                  submit={t('profile.createKey')}
                  onSubmit={async (fields) => {
                    setCreated(await createApiKey(textOf(fields, 'name').trim(), textOf(fields, 'scope') === 'write'));
                    setCreating(false);
                    reload();
                  }}
                >
                  <TextField label={t('profile.keyName')} name="name" maxLength={32} required />
                  <fieldset className={rows.group}>
                    <legend>{t('profile.keyMay')}</legend>
                    <label>
                      <input type="radio" name="scope" value="read" defaultChecked /> {t('profile.mayRead')}
                    </label>
                    <label>
                      <input type="radio" name="scope" value="write" /> {t('profile.mayWrite')}
                    </label>
                  </fieldset>
                </AuthForm>
              </Dialog>
            ) : null}
          </>
        )}
      </AsyncSection>
      {created === undefined ? null : (
        <Dialog title={t('profile.keyCreated')} onClose={() => setCreated(undefined)}>
          <p>{t('profile.keyOnce')}</p>
          <p className={rows.key}>{created}</p>
          <div className={rows.actions}>
            <Button variant="primary" onClick={() => void copy(created, t('profile.copied'))}>
              {t('profile.copy')}
            </Button>
          </div>
        </Dialog>
      )}
    </Section>
  );
}
