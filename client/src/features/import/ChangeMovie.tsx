import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { MoviePicker, type PickedMovie } from '../search/public/MoviePicker.tsx';

interface Props {
  /** Title of the row, as the file has it. */
  title: string;
  onPick(movie: PickedMovie): void;
}

/** A button that opens a search for the movie that a row means. */
export function ChangeMovie({ title, onPick }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <Button onClick={() => setOpen(true)} aria-label={t('import.findFor', { title })}>
        {t('import.find')}
      </Button>
    );
  return (
    <MoviePicker
      label={t('import.findFor', { title })}
      chosen={[]}
      onPick={(movie) => {
        setOpen(false);
        onPick(movie);
      }}
    />
  );
}
