import { motifOf } from '../poster-motifs.tsx';
import styles from './DrawnBackdrop.module.css';
import { drawnBy, paletteOf } from './poster-palette.ts';

interface Props {
  title: string;
  year: number | null | undefined;
  genres: readonly { id: string }[];
}

/** The picture of the drawn poster, wide and faint, behind the beginning of a page. */
export function DrawnBackdrop({ title, year, genres }: Props) {
  const draw = drawnBy({ title, year });
  const ids = genres.map(({ id }) => id);
  const colours = paletteOf(ids, draw);
  const motif = motifOf(ids, draw);
  return (
    <div className={styles.backdrop} style={{ color: colours.glow }} aria-hidden>
      <svg viewBox="0 40 200 90" preserveAspectRatio="xMidYMid slice" className={styles.picture} aria-hidden>
        {motif(colours, draw)}
      </svg>
    </div>
  );
}
