import { drawnBy, paletteOf } from '../../poster/public/poster-palette.ts';
import styles from './ServiceMark.module.css';

/** The first letter in colours of its own: logos are their owners' property. */
export function ServiceMark({ id, name }: { id: string; name: string }) {
  const { ground, ink } = paletteOf([], drawnBy({ title: id }));
  return (
    <span aria-hidden className={styles.letter} style={{ background: ground, color: ink }}>
      {name.charAt(0)}
    </span>
  );
}
