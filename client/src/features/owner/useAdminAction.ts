import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../../api/request-error.ts';
import { useToast } from '../../ui/Toast.tsx';

const MESSAGES = {
  FORBIDDEN: 'owner.errors.forbidden',
  LAST_OWNER: 'account.errors.lastOwner',
  TOO_MANY_INVITATIONS: 'owner.errors.tooManyInvitations',
  TOO_MANY_RULES: 'owner.errors.tooManyRules',
  PASSWORD_SIGN_IN_OFF: 'account.errors.passwordsOff',
} as const;

function messageOf(error: unknown) {
  const code = codeOf(error);
  return Object.entries(MESSAGES).find(([known]) => known === code)?.[1] ?? 'account.errors.other';
}

/** Runs one action at a time, and says why the server refused it. */
export function useAdminAction() {
  const { t } = useTranslation();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const run = async (action: () => Promise<unknown>, done?: string): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      await action();
      if (done !== undefined) toast({ message: done });
    } catch (error) {
      toast({ message: t(messageOf(error)), urgent: true });
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}
