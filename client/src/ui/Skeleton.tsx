import styles from './Skeleton.module.css';

interface Props {
  /** CSS lengths. */
  width?: string;
  height?: string;
  /** Aspect ratio (width / height), instead of a height. */
  ratio?: string;
}

/** Holds the place of content that is loading, in its size. */
export function Skeleton({ width = '100%', height, ratio }: Props) {
  return <span aria-hidden className={styles.skeleton} style={{ inlineSize: width, blockSize: height, aspectRatio: ratio }} />;
}
