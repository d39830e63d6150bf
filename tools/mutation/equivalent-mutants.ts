/** A mutant that no test can notice, and why. */
export interface EquivalentMutant {
  file: string;
  /** The line of the source, without indentation: it still finds the mutant when lines move. */
  code: string;
  change: string;
  reason: string;
}

export const EQUIVALENT_MUTANTS: EquivalentMutant[] = [
  {
    file: 'src/engine/features/label-block.ts',
    code: 'const weights = labels.map((label) => (config.idf ? Math.log((1 + distinct.length) / (1 + (frequency.get(label) ?? 0))) + 1 : 1));',
    change: '0 -> 1',
    reason: 'every label has a frequency; the default is for the type only',
  },
];
