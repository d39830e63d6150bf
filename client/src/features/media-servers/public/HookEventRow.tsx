import rows from '../../../ui/rows.module.css';

interface Props {
  name: string;
  outcome: string;
  /** Empty ones are left out. */
  facts: readonly string[];
}

/** One event of a media server in a list. */
export function HookEventRow({ name, outcome, facts }: Props) {
  return (
    <li>
      <div>
        <p>
          <bdi>{name}</bdi> <span className={rows.badge}>{outcome}</span>
        </p>
        <p className={rows.soft}>{facts.filter((fact) => fact !== '').join(' · ')}</p>
      </div>
    </li>
  );
}
