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
  {
    file: 'src/graphql/limits/document-shape.ts',
    code: 'shape.directives += operation.directives?.length ?? 0;',
    change: 'operation.directives?.length ?? 0 -> operation.directives?.length',
    reason: 'the parser gives every operation a list of directives; the default is for the type only',
  },
  {
    file: 'src/graphql/limits/json-values.ts',
    code: 'for (let at = 0; at < json.length; at++) {',
    change: '0 -> -1',
    reason: 'before the first character there is none to count',
  },
  {
    file: 'src/graphql/limits/json-values.ts',
    code: 'return json.length;',
    change: 'return json.length; -> return undefined as never;',
    reason: 'the loop of the caller ends in both cases',
  },
  {
    file: 'src/graphql/limits/limits-plugin.ts',
    code: 'if (operation === undefined) return;',
    change: 'return; -> ;',
    reason: 'Apollo calls this with an operation only; the check is for the type',
  },
  {
    file: 'src/graphql/limits/operation-cost.ts',
    code: "const count = Array.isArray(value) ? value.length : typeof value === 'number' ? value : 1;",
    change: '1 -> 0',
    reason: 'the next line raises 0 to 1',
  },
];
