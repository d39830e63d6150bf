import styles from './Tags.module.css';

interface Props {
  /** What they are, for who does not see where they stand. */
  label: string;
  tags: readonly { id: string; name: string }[];
  /** How many there are besides. */
  more?: number;
}

/** Small names beside each other. */
export function Tags({ label, tags, more = 0 }: Props) {
  if (tags.length === 0) return null;
  return (
    <ul className={styles.tags} aria-label={label}>
      {tags.map(({ id, name }) => (
        <li key={id}>
          <bdi>{name}</bdi>
        </li>
      ))}
      {more > 0 ? <li>+{more}</li> : null}
    </ul>
  );
}
