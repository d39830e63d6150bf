import { describe, expect, it } from 'vitest';
import { fittingProfile, profileProblem } from './profile-fields.ts';

const address = (length: number): string => `https://films.test/${'x'.repeat(length - 'https://films.test/'.length)}`;

describe('what users say of themselves', () => {
  it.each<[fields: object, problem: string | undefined]>([
    [{}, undefined],
    [{ other: '\0' }, undefined],
    [{ name: 'A' }, undefined],
    [{ name: 'x'.repeat(80) }, undefined],
    [{ name: 'x'.repeat(81) }, 'name: expected at most 80 characters'],
    [{ name: '' }, 'name: expected at least one visible character'],
    [{ name: ' \t' }, 'name: expected at least one visible character'],
    [{ name: null }, 'name: expected text'],
    [{ image: null }, undefined],
    [{ image: 7 }, 'image: expected an https address or null'],
    [{ image: address(2_048) }, undefined],
    [{ image: address(2_049) }, 'image: expected at most 2048 characters'],
    [{ image: 'http://films.test/a.jpg' }, 'image: expected an https address'],
    [{ image: 'javascript:alert(1)' }, 'image: expected an https address'],
    [{ image: 'a.jpg' }, 'image: expected an https address'],
    [{ image: 'https://films.test/\na.jpg' }, 'image: expected an https address'],
    [{ name: '', image: 'a.jpg' }, 'name: expected at least one visible character'],
  ])('%j has the problem %j', (fields, problem) => {
    expect(profileProblem(fields)).toBe(problem);
  });

  it.each(['\0', '\n', '\u001f', '\u007f', '\u009f', '\u2028', '\u2029', '\u202a', '\u202e', '\u2066', '\u2069'])(
    'has no control character %j in a name',
    (character) => {
      expect(profileProblem({ name: `A${character}nn` })).toBe('name: expected no control characters');
      expect(fittingProfile({ name: `A${character}nn` })).toEqual({ name: 'Ann' });
    },
  );

  it.each([' ', '~', '\u00a0', '\u2027', '\u202f', '\u2065', '\u206a'])('may have %j in a name', (character) => {
    expect(profileProblem({ name: `A${character}nn` })).toBeUndefined();
    expect(fittingProfile({ name: `A${character}nn` })).toEqual({ name: `A${character}nn` });
  });
});

describe('what a provider says of a user', () => {
  it('stays as it is when it fits', () => {
    const fields = { id: 'x', name: 'x'.repeat(80), image: address(2_048) };
    expect(fittingProfile(fields)).toEqual(fields);
    expect([fittingProfile({}), fittingProfile({ image: null })]).toEqual([{}, { image: null }]);
  });

  it('is cut to what fits', () => {
    expect(fittingProfile({ name: `  ${'x'.repeat(81)}`, image: address(2_049) })).toEqual({ name: 'x'.repeat(80), image: null });
    expect(fittingProfile({ name: 'Ann', image: 'http://films.test/a.jpg' })).toEqual({ name: 'Ann', image: null });
    // The last character is half of a pair.
    expect(fittingProfile({ name: `${'x'.repeat(79)}\u{1f3ac}` })).toEqual({ name: `${'x'.repeat(79)}\ufffd` });
  });

  it('is not changed in place', () => {
    const fields = { name: '', image: 'a.jpg' };
    expect(fittingProfile(fields)).toEqual({ name: '', image: null });
    expect(fields.image).toBe('a.jpg');
  });
});
