import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Group, MAX_MEMBERS, readGroup, withEmptyMembers, withMember, writeGroup } from './group.ts';

const movieId = fc.tuple(fc.constantFrom('', 'tmdb-'), fc.integer({ min: 1, max: 999_999 })).map((parts) => parts.join(''));
const member = fc.record({ name: fc.string({ maxLength: 30 }), movieIds: fc.uniqueArray(movieId, { maxLength: 30 }) });
const group = fc.record({
  members: fc.array(member, { maxLength: MAX_MEMBERS }),
  strategy: fc.constantFrom('LEAST_MISERY' as const, 'AVERAGE' as const),
  services: fc.uniqueArray(fc.constantFrom('netflix', 'disney-plus', 'mine')),
  runtimeMax: fc.option(fc.integer({ min: 1, max: 1_000 })),
});
const EMPTY: Group = { members: [], strategy: 'LEAST_MISERY', services: [], runtimeMax: null };

describe('a group in a link', () => {
  it('is read as it was written, with any names', () => {
    fc.assert(
      fc.property(group, (given) => {
        expect(readGroup(new URLSearchParams(writeGroup(given).toString()))).toEqual(given);
      }),
    );
  });

  it('ignores invalid parts of a link', () => {
    expect(readGroup(new URLSearchParams('p=abc.12.12.-3~Eve&p=&q=1&by=x&on=.a<b.netflix.netflix&max=1e9'))).toEqual({
      ...EMPTY,
      members: [
        { name: 'Eve', movieIds: ['12'] },
        { name: '', movieIds: [] },
      ],
      services: ['netflix'],
    });
    expect(readGroup(new URLSearchParams(Array.from({ length: 20 }, () => ['p', '1~x']))).members).toHaveLength(MAX_MEMBERS);
  });

  it('changes one member only', () => {
    const members = [
      { name: 'a', movieIds: ['1'] },
      { name: 'b', movieIds: [] },
    ];
    expect(withMember({ ...EMPTY, members }, 1, { movieIds: ['2'] })).toEqual({
      ...EMPTY,
      members: [members[0], { name: 'b', movieIds: ['2'] }],
    });
  });

  it('has at least two members to fill in', () => {
    const ann = { name: 'Ann', movieIds: ['1'] };
    expect(withEmptyMembers({ ...EMPTY, members: [ann] }).members).toEqual([ann, { name: '', movieIds: [] }]);
    expect(withEmptyMembers({ ...EMPTY, members: [ann, ann, ann] }).members).toHaveLength(3);
  });
});
