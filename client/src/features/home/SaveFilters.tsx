import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useToast } from '../../ui/Toast.tsx';
import styles from './SaveFilters.module.css';
import { deleteSaved, MAX_NAME_LENGTH, type SavedFilters, saveFilters } from './saved-filters.ts';

interface Props {
  /** The filters in use, as in the address. */
  search: string;
  saved: readonly SavedFilters[];
  onChange(saved: SavedFilters[]): void;
}

/** Names the filters in use, and deletes saved ones. */
export function SaveFilters({ search, saved, onChange }: Props) {
  const { t } = useTranslation();
  const toast = useToast();
  const [name, setName] = useState('');
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const trimmed = name.trim();
    if (trimmed === '') return;
    onChange(saveFilters({ name: trimmed, search }));
    toast({ message: t('filters.savedAs', { name: trimmed }) });
    setName('');
  };
  const remove = (filters: SavedFilters): void => {
    onChange(deleteSaved(filters.name));
    toast({ message: t('filters.deletedSaved', { name: filters.name }), undo: () => onChange(saveFilters(filters)) });
  };
  return (
    <fieldset className={styles.saved}>
      <legend>{t('filters.saved')}</legend>
      {saved.length === 0 ? null : (
        <ul>
          {saved.map((filters) => (
            <li key={filters.name}>
              <bdi>{filters.name}</bdi>
              <IconButton label={t('filters.deleteSaved', { name: filters.name })} onClick={() => remove(filters)}>
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {search === '' ? (
        <p>{t('filters.nothingToSave')}</p>
      ) : (
        <form onSubmit={save}>
          <TextField
            label={t('filters.saveName')}
            value={name}
            maxLength={MAX_NAME_LENGTH}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit">{t('filters.save')}</Button>
        </form>
      )}
    </fieldset>
  );
}
