import type { StringTable } from '../engine/artifacts/string-table.ts';

export const CREDIT_JOBS = ['ACTOR', 'DIRECTOR', 'WRITER', 'COMPOSER', 'CINEMATOGRAPHER', 'EDITOR', 'PRODUCER'] as const;

/** Codes of characters. */
const COLON = 58;
const ZERO = 48;

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

/** The id in a label "JOB:ID:NAME", read from its bytes: a catalog has a million labels. 0 when there is none. */
export function personIdAt({ offsets, bytes }: StringTable, label: number): number {
  const end = offsets[label + 1];
  let p = offsets[label];
  while (p < end && bytes[p] !== COLON) p++;
  let id = 0;
  for (p++; p < end && bytes[p] !== COLON; p++) {
    const digit = bytes[p] - ZERO;
    if (digit < 0 || digit > 9) return 0;
    id = id * 10 + digit;
  }
  return id;
}
