import { useTranslation } from 'react-i18next';
import { useToast } from './Toast.tsx';

/** Copies a text and says so, or says that it could not. */
export function useCopy(): (text: string, done: string) => Promise<void> {
  const { t } = useTranslation();
  const toast = useToast();
  return async (text, done) => {
    const copied = await copy(text);
    toast(copied ? { message: done } : { message: t('copyFailed'), urgent: true });
  };
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

/** Browsers have no clipboard on plain http in a local network. The older command works there, with a selected text in the page. */
function copySelected(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  const focused = document.activeElement;
  // Outside an open dialog nothing can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return copied;
}
