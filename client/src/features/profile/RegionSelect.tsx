import { useTranslation } from 'react-i18next';
import { useFormats } from '../../language/useFormats.ts';

interface Props {
  /** ISO 3166-1: the regions of which the catalog knows where movies can be watched. */
  regions: readonly string[];
  /** Null: that of the server. */
  chosen: string | null;
  onChoose(region: string | null): void;
}

/** Where the viewer watches, by the names of regions in the reader's language. */
export function RegionSelect({ regions, chosen, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const { region: nameOf } = useFormats();
  const named = regions.map((code) => ({ code, name: nameOf(code) })).sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  return (
    <select aria-label={t('profile.region')} value={chosen ?? ''} onChange={({ target }) => onChoose(target.value || null)}>
      <option value="">{t('profile.serverRegion')}</option>
      {named.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
