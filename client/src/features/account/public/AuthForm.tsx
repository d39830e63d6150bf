import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import styles from './AuthForm.module.css';
import { type AuthErrorKind, authErrorOf } from './auth-error.ts';

interface Props {
  submit: string;
  /** The action cannot be undone. */
  dangerous?: boolean;
  /** One field and its button on one line. */
  inline?: boolean;
  onSubmit(fields: FormData): Promise<void>;
  children: ReactNode;
}

/** A form that is sent once at a time and shows why the server refused it. */
export function AuthForm({ submit, inline = false, dangerous = false, onSubmit, children }: Props) {
  const { t } = useTranslation();
  const [error, setError] = useState<AuthErrorKind>();
  const [busy, setBusy] = useState(false);
  const message = useRef<HTMLParagraphElement>(null);
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    setBusy(true);
    setError(undefined);
    try {
      await onSubmit(new FormData(form));
    } catch (error) {
      setError(authErrorOf(error));
      message.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={inline ? styles.inline : styles.form} onSubmit={(event) => void send(event)}>
      {children}
      <p ref={message} role="alert" tabIndex={-1} className={styles.error}>
        {error === undefined ? '' : t(`account.errors.${error}`)}
      </p>
      <Button variant={dangerous ? 'danger' : inline ? 'quiet' : 'primary'} type="submit" aria-busy={busy}>
        {submit}
      </Button>
    </form>
  );
}

export function textOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
