import styles from './Skeleton.module.css';

interface Props {
  /** CSS lengths. */
  width?: string;
  height?: string;
  /** Width through height, instead of a height. */
  ratio?: string;
}

/** Stands where something will be, as large as it. */
export function Skeleton({ width = '100%', height, ratio }: Props) {
  return <span aria-hidden className={styles.skeleton} style={{ inlineSize: width, blockSize: height, aspectRatio: ratio }} />;
}
