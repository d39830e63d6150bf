import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useToast } from '../../../ui/Toast.tsx';
import { AuthForm } from '../../account/public/AuthForm.tsx';
import { useClearFeedback } from './useClearFeedback.ts';

/** A button that removes every like, dislike and dismissal, after a question. */
export function ResetFeedback() {
  const { t } = useTranslation();
  const toast = useToast();
  const clearFeedback = useClearFeedback();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('profile.clear')}</Button>
      {asking ? (
        <Dialog title={t('profile.clear')} onClose={() => setAsking(false)}>
          <p>{t('profile.clearWarning')}</p>
          <AuthForm
            dangerous
            submit={t('profile.clearConfirm')}
            onSubmit={async () => {
              await clearFeedback();
              setAsking(false);
              toast({ message: t('profile.cleared') });
            }}
          >
            {null}
          </AuthForm>
        </Dialog>
      ) : null}
    </>
  );
}
