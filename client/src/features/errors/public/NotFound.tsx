import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../../ui/Button.tsx';
import { FaultPage } from './ErrorPage.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <FaultPage title={t('faults.notFound.title')} lead={t('faults.notFound.lead')}>
      <ButtonLink look="primary" to="/home">
        {t('faults.notFound.home')}
      </ButtonLink>
    </FaultPage>
  );
}
