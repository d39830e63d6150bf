export const CREDIT_JOBS = ['ACTOR', 'DIRECTOR', 'WRITER', 'COMPOSER', 'CINEMATOGRAPHER', 'EDITOR', 'PRODUCER'] as const;

export type CreditJob = (typeof CREDIT_JOBS)[number];

/** What a person did for a movie. */
export interface Credit {
  job: CreditJob;
  /** TMDb's number of the person. */
  personId: number;
  name: string;
}

/** Reads "JOB:ID:NAME", as artifacts hold it. None for a job that this version does not know. */
export function creditOf(label: string): Credit[] {
  const [word, id] = label.split(':', 2);
  const job = CREDIT_JOBS.find((known) => known === word);
  const personId = Number(id);
  if (job === undefined || !Number.isInteger(personId) || personId <= 0) return [];
  return [{ job, personId, name: label.slice(word.length + id.length + 2) }];
}
