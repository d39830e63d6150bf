import { describe, expect, it } from 'vitest';
import { mutantsOf, mutated } from './mutants.ts';

const changesOf = (text: string): string[] => mutantsOf('x.ts', text).map((mutant) => mutant.change);

describe('the mutants of a text', () => {
  it.each<[string, string[]]>([
    ['a < b', ['a < b -> a <= b']],
    ['a >= b', ['a >= b -> a > b']],
    ['a === b', ['a === b -> a !== b']],
    ['a + b', ['a + b -> a - b']],
    ['a % b', ['a % b -> a * b']],
    ["a + 'x y'", []],
    ['a && b', ['a && b -> a || b']],
    ['a ?? b', ['a ?? b -> a']],
    ['!a', ['!a -> a']],
    ['7', ['7 -> 6', '7 -> 8']],
    ['0x10', ['0x10 -> 15', '0x10 -> 17']],
    ['true', ['true -> false']],
    ["'word'", ["'word' -> ''"]],
    ["'a message'", []],
    ['a.filter(b)', ['a.filter(b) -> a']],
    ['Math.min(a, b)', ['min -> max']],
    ['a.toString(b)', []],
    ['a ? b : c', ['a -> false', 'a -> true']],
  ])('%s', (expression, changes) => {
    expect(changesOf(`export const x = ${expression};`)).toEqual(changes);
  });

  it.each<[string, string[]]>([
    ['call();', ['call(); -> ;']],
    ['n += 1;', ['n += 1 -> n -= 1', 'n += 1; -> ;', '1 -> 0', '1 -> 2']],
    ['n++;', ['n++ -> n--', 'n++; -> ;']],
    ['if (a) b();', ['a -> false', 'a -> true', 'b(); -> ;']],
    ['while (a) b();', ['a -> false', 'b(); -> ;']],
    ['return;', ['return; -> ;']],
    ['return undefined;', ['return undefined; -> ;']],
    ['return a;', ['return a; -> return undefined as never;']],
    ['throw a;', ['throw a; -> ;']],
    ['for (const a of b) continue;', ['continue; -> ;']],
  ])('%s', (statement, changes) => {
    expect(changesOf(`export function f() { ${statement} }`)).toEqual(changes);
  });

  it('leave types, imports, decorators and names of properties alone, and look into casts', () => {
    expect(
      changesOf(`import a from './a.ts';
        type T = 1 | 'x'; interface I { n: 1 }
        class C { @Field(() => Int, { max: 100 }) n!: 1 }
        export const o = { 'key': (b as 1)! };
        export function f(n: Array<1>): n is 1 { g<2>(n); }`),
    ).toEqual(['g<2>(n); -> ;']);
    expect(changesOf('export const x = (a + b) as number;')).toEqual(['a + b -> a - b']);
  });

  it('say where they are, and change nothing else', () => {
    const text = "export const a = '🎬é';\nexport const b = c < d;\n";
    const mutant = mutantsOf('x.ts', text).find(({ line }) => line === 2);
    expect(mutant?.line).toBe(2);
    expect(mutant && mutated(text, mutant)).toBe("export const a = '🎬é';\nexport const b = c <= d;\n");
  });

  it('can all be parsed', () => {
    // "do ; while" and a label need a statement; "const x = ;" would be the result of leaving out a value.
    expect(changesOf('export function f() { do a(); while (b); }').length).toBeGreaterThan(0);
    expect(() => mutantsOf('x.ts', 'export const = 1;')).toThrow('x.ts:');
  });
});
