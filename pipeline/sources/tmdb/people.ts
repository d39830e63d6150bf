/** Jobs of TMDb that the catalog names -> the word of the catalog. */
const JOBS: Readonly<Record<string, string>> = {
  Director: 'DIRECTOR',
  Writer: 'WRITER',
  Screenplay: 'WRITER',
  Story: 'WRITER',
  Novel: 'WRITER',
  'Original Music Composer': 'COMPOSER',
  'Director of Photography': 'CINEMATOGRAPHER',
  Editor: 'EDITOR',
  Producer: 'PRODUCER',
};
const MAX_ACTORS = 15;
const MAX_OF_A_JOB = 5;

export interface Credit {
  readonly id?: number | null | undefined;
  readonly name: string;
  /** Undefined for actors. */
  readonly job?: string | null | undefined;
}

/**
 * The people of a movie as "JOB:ID:NAME": actors in billing order, then the others by job. ID is TMDb's number of the person. A person has one
 * entry a job.
 */
export function peopleOf(actors: readonly Credit[], others: readonly Credit[]): string[] {
  const people: string[] = [];
  const add = (job: string, id: number | null | undefined, name: string): boolean => {
    const entry = `${job}:${id}:${name.replaceAll('|', '/').trim()}`;
    if (!Number.isInteger(id) || name.trim() === '' || people.includes(entry)) return false;
    people.push(entry);
    return true;
  };
  let listed = 0;
  for (const { id, name } of actors) if (listed < MAX_ACTORS && add('ACTOR', id, name)) listed++;
  for (const wanted of new Set(Object.values(JOBS))) {
    let count = 0;
    for (const { id, name, job } of others) if (count < MAX_OF_A_JOB && JOBS[job ?? ''] === wanted && add(wanted, id, name)) count++;
  }
  return people;
}
