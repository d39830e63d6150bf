import { useTranslation } from 'react-i18next';
import { isolated } from '../../language/language.ts';

/** A named list of facts, nothing when it is empty. */
export function Fact({ name, values }: { name: string; values: readonly string[] }) {
  const { t } = useTranslation();
  if (values.length === 0) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{values.map(isolated).join(t('comma'))}</dd>
    </>
  );
}
