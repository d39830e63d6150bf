import { useTranslation } from 'react-i18next';

/** The name of a genre in the page's language, or the server's name when there is no translation. */
export function useGenreName(): (genre: { id: string; name: string }) => string {
  const { t } = useTranslation();
  const names: Record<string, string> = t('genres', { returnObjects: true });
  return ({ id, name }) => names[id] ?? name;
}
