import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/Chip.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { rovingFocus } from '../../ui/roving-focus.ts';
import { toggled } from '../../ui/toggled.ts';
import type { Group } from './group.ts';
import styles from './Together.module.css';

const LENGTHS = [90, 120, 150];

interface Props {
  group: Group;
  services: readonly { id: string; name: string }[];
  onChange(change: Partial<Group>): void;
  onClose(): void;
}

/** What the whole group has: services and time. */
export function WishesDialog({ group, services, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const { services: chosen, runtimeMax } = group;
  return (
    <Dialog title={t('filters.title')} onClose={onClose}>
      <fieldset ref={rovingFocus} className={styles.wish}>
        <legend>{t('filters.services')}</legend>
        {services.map(({ id, name }) => (
          <Chip key={id} pressed={chosen.includes(id)} onToggle={() => onChange({ services: toggled(chosen, id) })}>
            {name}
          </Chip>
        ))}
      </fieldset>
      <fieldset ref={rovingFocus} className={styles.wish}>
        <legend>{t('filters.runtime')}</legend>
        {LENGTHS.map((minutes) => (
          <Chip
            key={minutes}
            pressed={runtimeMax === minutes}
            onToggle={() => onChange({ runtimeMax: runtimeMax === minutes ? null : minutes })}
          >
            {t('tonight.atMost', { count: minutes })}
          </Chip>
        ))}
      </fieldset>
    </Dialog>
  );
}
