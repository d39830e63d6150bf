import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../../ui/Button.tsx';
import { ErrorPage } from './ErrorPage.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <ErrorPage title={t('errors.notFound.title')} lead={t('errors.notFound.lead')}>
      <ButtonLink variant="primary" to="/home">
        {t('errors.notFound.home')}
      </ButtonLink>
    </ErrorPage>
  );
}
