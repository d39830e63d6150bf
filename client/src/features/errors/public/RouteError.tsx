import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { retryNow, serverBack } from '../../../api/connection.ts';
import { allSent } from '../../../api/mutation-queue-link.ts';
import { faultOf } from '../../../api/request-error.ts';
import { NotFound } from './NotFound.tsx';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { FaultPage } from './ErrorPage.tsx';

/** What a page shows instead of itself when it cannot be shown. */
export function RouteError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const fault = faultOf(error);
  useEffect(() => {
    if (fault === 'unreachable') void serverBack().then(reload);
    if (fault === 'broken') console.error(error);
  }, [fault, error]);
  if (fault === 'notFound') return <NotFound />;
  if (fault === 'unauthenticated')
    return (
      <FaultPage title={t('faults.unauthenticated.title')} lead={t('faults.unauthenticated.lead')}>
        <ButtonLink look="primary" to="/sign-in">
          {t('nav.signIn')}
        </ButtonLink>
      </FaultPage>
    );
  return (
    <FaultPage title={t(`faults.${fault}.title`)} lead={t(`faults.${fault}.lead`)}>
      <Button look="primary" onClick={fault === 'unreachable' ? retryNow : () => void reload()}>
        {t('retry')}
      </Button>
    </FaultPage>
  );
}

/** Not before what was done is with the server: it would be lost. */
async function reload(): Promise<void> {
  await allSent();
  window.location.reload();
}
