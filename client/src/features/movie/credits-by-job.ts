import type { CreditJob } from '../../generated/graphql.ts';

interface Person {
  name: string;
  /** TMDb's id; undefined where only the name is known. */
  personId?: number;
}

interface Credited {
  credits: readonly { job: CreditJob; name: string; personId: number }[];
  directors: readonly string[];
  cast: readonly string[];
}

/** In the order of the page. */
export const JOBS = ['DIRECTOR', 'WRITER', 'ACTOR', 'COMPOSER', 'CINEMATOGRAPHER', 'EDITOR', 'PRODUCER'] as const satisfies CreditJob[];

/** The people of each job. Catalogs without credits still name directors and cast. */
export function creditsByJob({ credits, directors, cast }: Credited): Map<CreditJob, Person[]> {
  const named: Partial<Record<CreditJob, readonly string[]>> = { DIRECTOR: directors, ACTOR: cast };
  const people = new Map<CreditJob, Person[]>();
  for (const job of JOBS) {
    const known = credits.filter((credit) => credit.job === job).map(({ name, personId }) => ({ name, personId }));
    const found = known.length > 0 ? known : (named[job] ?? []).map((name) => ({ name }));
    if (found.length > 0) people.set(job, found);
  }
  return people;
}
