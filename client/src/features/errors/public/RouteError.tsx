import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { retryNow, serverBack } from '../../../api/connection.ts';
import { allSent } from '../../../api/mutation-queue-link.ts';
import { errorKindOf } from '../../../api/request-error.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { useWayBackHere } from '../../account/public/way-back.ts';
import { ErrorPage } from './ErrorPage.tsx';
import { NotFound } from './NotFound.tsx';

/** Shown instead of a page that failed, with a message for the kind of error. */
export function RouteError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const wayBack = useWayBackHere();
  const kind = errorKindOf(error);
  useEffect(() => {
    if (kind === 'unreachable') void serverBack().then(reload);
    if (kind === 'broken') console.error(error);
  }, [kind, error]);
  if (kind === 'notFound') return <NotFound />;
  if (kind === 'unauthenticated')
    return (
      <ErrorPage title={t('errors.unauthenticated.title')} lead={t('errors.unauthenticated.lead')}>
        <ButtonLink variant="primary" to="/sign-in" state={wayBack}>
          {t('nav.signIn')}
        </ButtonLink>
      </ErrorPage>
    );
  return (
    <ErrorPage title={t(`errors.${kind}.title`)} lead={t(`errors.${kind}.lead`)}>
      <Button variant="primary" onClick={kind === 'unreachable' ? retryNow : () => void reload()}>
        {t('retry')}
      </Button>
    </ErrorPage>
  );
}

/** Waits for unsent mutations: a reload would lose them. */
async function reload(): Promise<void> {
  await allSent();
  window.location.reload();
}
