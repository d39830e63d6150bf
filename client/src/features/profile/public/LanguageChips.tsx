import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../language/useFormats.ts';
import { Button } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { toggled } from '../../../ui/toggled.ts';

/** Languages shown before "all": those with the most movies. */
const FIRST = 12;

interface Props {
  /** The languages of the catalog, the one with the most movies first. */
  languages: readonly { id: string }[];
  chosen: readonly string[];
  onToggle(chosen: string[]): void;
}

/** The languages of the catalog's movies, with their names in the reader's language. */
export function LanguageChips({ languages, chosen, onToggle }: Props) {
  const { t, i18n } = useTranslation();
  const { language: nameOf } = useFormats();
  const [all, setAll] = useState(false);
  const known = [...new Set([...languages.map(({ id }) => id), ...chosen])];
  const shown = known
    .filter((tag, place) => all || place < FIRST || chosen.includes(tag))
    .map((tag) => ({ tag, name: nameOf(tag) }))
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  return (
    <>
      {shown.map(({ tag, name }) => (
        <Chip key={tag} pressed={chosen.includes(tag)} onToggle={() => onToggle(toggled(chosen, tag))}>
          {name}
        </Chip>
      ))}
      {all || shown.length === known.length ? null : (
        <Button variant="plain" onClick={() => setAll(true)}>
          {t('filters.allLanguages')}
        </Button>
      )}
    </>
  );
}
