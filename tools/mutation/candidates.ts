import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../run-tool.ts';
import { EQUIVALENT_MUTANTS } from './equivalent-mutants.ts';
import { type Mutant, mutantsOf } from './mutants.ts';

/** Folders whose score is held. */
export const FOLDERS = [
  'src/graphql/limits',
  'src/catalog',
  'src/library',
  'src/http',
  'src/rate-limit',
  'src/accounts',
  'src/recommendations/cache',
  'src/engine/features',
];
/** A worker loads its code from the disk, so it never meets a mutant. */
const NOT_SOURCES = /(\.test|\.contract|-worker)\.tsx?$|\/migrations\//;

export interface Candidate extends Mutant {
  file: string;
  code: string;
}

/** The source files of a folder, or the one file. */
export function sourcesIn(folder: string): string[] {
  const files = folder.endsWith('.ts') ? [folder] : globSync(`${folder}/**/*.ts`, { cwd: PROJECT }).sort();
  return files.filter((file) => !NOT_SOURCES.test(file));
}

/** Every mutant of a source file. */
export function candidatesOf(file: string): Candidate[] {
  const text = readFileSync(join(PROJECT, file), 'utf8');
  const lines = text.split('\n');
  return mutantsOf(file, text).map((mutant) => ({ ...mutant, file, code: lines[mutant.line - 1].trim() }));
}

/** Why no test can notice this mutant; undefined when one should. */
export function reasonOf({ file, code, change }: Candidate): string | undefined {
  return EQUIVALENT_MUTANTS.find((known) => known.file === file && known.code === code && known.change === change)?.reason;
}
