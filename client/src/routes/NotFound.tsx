import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../components/Button.tsx';
import { Page } from '../components/Page.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('faults.notFound.title')} lead={t('faults.notFound.lead')}>
      <p>
        <ButtonLink look="primary" to="/home">
          {t('faults.notFound.home')}
        </ButtonLink>
      </p>
    </Page>
  );
}
