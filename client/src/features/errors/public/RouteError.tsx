import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { retryNow, serverBack } from '../../../api/connection.ts';
import { allSent } from '../../../api/mutation-queue-link.ts';
import { errorKindOf } from '../../../api/request-error.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { ErrorPage } from './ErrorPage.tsx';
import { NotFound } from './NotFound.tsx';

/** What a page shows instead of itself when it cannot be shown. */
export function RouteError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const fault = errorKindOf(error);
  useEffect(() => {
    if (fault === 'unreachable') void serverBack().then(reload);
    if (fault === 'broken') console.error(error);
  }, [fault, error]);
  if (fault === 'notFound') return <NotFound />;
  if (fault === 'unauthenticated')
    return (
      <ErrorPage title={t('errors.unauthenticated.title')} lead={t('errors.unauthenticated.lead')}>
        <ButtonLink variant="primary" to="/sign-in">
          {t('nav.signIn')}
        </ButtonLink>
      </ErrorPage>
    );
  return (
    <ErrorPage title={t(`errors.${fault}.title`)} lead={t(`errors.${fault}.lead`)}>
      <Button variant="primary" onClick={fault === 'unreachable' ? retryNow : () => void reload()}>
        {t('retry')}
      </Button>
    </ErrorPage>
  );
}

/** Not before what was done is with the server: it would be lost. */
async function reload(): Promise<void> {
  await allSent();
  window.location.reload();
}
