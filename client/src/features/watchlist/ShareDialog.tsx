import { useMutation, useSuspenseQuery } from '@apollo/client/react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { Button } from '../../ui/Button.tsx';
import rows from '../../ui/rows.module.css';
import { TextField } from '../../ui/TextField.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import styles from './ShareDialog.module.css';

const WatchlistLinkQuery = graphql(`
  query WatchlistLink {
    viewer {
      id
      watchlistLink {
        id
        name
      }
    }
  }
`);

const ShareWatchlistMutation = graphql(`
  mutation ShareWatchlist($name: String!) {
    shareWatchlist(name: $name) {
      id
      name
    }
  }
`);

const StopSharingMutation = graphql(`
  mutation StopSharingWatchlist {
    stopSharingWatchlist
  }
`);

/** Makes the link to the viewer's watchlist, names it and ends it. */
export function ShareDialog() {
  const { t } = useTranslation();
  const toast = useToast();
  const copy = useCopy();
  const { data } = useSuspenseQuery(WatchlistLinkQuery, { fetchPolicy: 'network-only' });
  const [link, setLink] = useState(data.viewer?.watchlistLink ?? null);
  const [share, sharing] = useMutation(ShareWatchlistMutation);
  const [stop, stopping] = useMutation(StopSharingMutation);
  const busy = sharing.loading || stopping.loading;
  const form = useRef<HTMLFormElement>(null);
  const refused = (): void => toast({ message: t('notSaved'), urgent: true });
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    const made = await share({ variables: { name: String(name) } }).catch(() => undefined);
    if (made?.data == null) return refused();
    setLink(made.data.shareWatchlist);
    if (link === null) await copyLink(made.data.shareWatchlist.id);
    else toast({ message: t('watchlist.sharing.saved') });
  };
  const end = async (): Promise<void> => {
    const ended = await stop().catch(() => undefined);
    if (ended?.data == null) return refused();
    setLink(null);
    toast({ message: t('watchlist.sharing.ended') });
    // The button that was pressed is gone.
    form.current?.querySelector('input')?.focus();
  };
  const addressOf = (id: string): string => new URL(`lists/${id}`, document.baseURI).href;
  const copyLink = (id: string): Promise<void> => copy(addressOf(id), t('watchlist.sharing.copied'));
  if (data.viewer == null) return <p>{t('watchlist.signedOut')}</p>;
  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void save(event)}>
      <TextField
        label={t('watchlist.sharing.name')}
        hint={t('watchlist.sharing.hint')}
        name="name"
        dir="auto"
        defaultValue={link?.name ?? t('watchlist.sharing.myList')}
        maxLength={60}
        required
        pattern=".*\S.*"
      />
      {link === null ? null : (
        <p className={rows.key} dir="ltr">
          {addressOf(link.id)}
        </p>
      )}
      <div className={rows.actions}>
        <Button variant="primary" type="submit" disabled={busy}>
          {t(link === null ? 'watchlist.sharing.make' : 'watchlist.sharing.save')}
        </Button>
        {link === null ? null : (
          <>
            <Button onClick={() => void copyLink(link.id)}>{t('together.copyLink')}</Button>
            <Button disabled={busy} onClick={() => void end()}>
              {t('watchlist.sharing.end')}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
