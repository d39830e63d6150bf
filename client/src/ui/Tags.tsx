import styles from './Tags.module.css';

interface Props {
  /** What the tags are, for screen readers. */
  label: string;
  tags: readonly { id: string; name: string }[];
  /** Number of tags that are not shown. */
  more?: number;
}

/** A row of small labels. */
export function Tags({ label, tags, more = 0 }: Props) {
  if (tags.length === 0) return null;
  return (
    <ul className={styles.tags} aria-label={label}>
      {tags.map(({ id, name }) => (
        <li key={id}>
          <bdi>{name}</bdi>
        </li>
      ))}
      {more > 0 ? (
        <li>
          <bdi dir="ltr">+{more}</bdi>
        </li>
      ) : null}
    </ul>
  );
}
