import { useTranslation } from 'react-i18next';

/** What the chosen language calls a genre; one that it has no word for is called as the server calls it. */
export function useGenreName(): (genre: { id: string; name: string }) => string {
  const { t } = useTranslation();
  const names: Record<string, string> = t('genres', { returnObjects: true });
  return ({ id, name }) => names[id] ?? name;
}
