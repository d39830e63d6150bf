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
  {
    file: 'src/rate-limit/network-of.ts',
    code: 'const zeros = tail === undefined ? 0 : 8 - first.length - groups(tail).length;',
    change: '0 -> -1',
    reason: 'a list of a negative length is as empty as one of length 0',
  },
  {
    file: 'src/graphql/limits/budgeted-schema.ts',
    code: 'const nullable = !isNonNullType(field.type);',
    change: '!isNonNullType(field.type) -> isNonNullType(field.type)',
    reason: 'how a field of a stopped request ends is not seen: its whole answer is replaced',
  },
];
