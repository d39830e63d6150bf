import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_MEMBERS, readGroup, withMember, writeGroup } from './group.ts';

const member = fc.record({
  name: fc.string({ maxLength: 30 }),
  movieIds: fc.uniqueArray(
    fc.integer({ min: 1, max: 999_999 }).map((id) => String(id)),
    { maxLength: 30 },
  ),
});

describe('a group in a link', () => {
  it('is read as it was written, with any names', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: MAX_MEMBERS }), (group) => {
        expect(readGroup(new URLSearchParams(writeGroup(group).toString()))).toEqual(group);
      }),
    );
  });

  it('ignores invalid parts of a link', () => {
    expect(readGroup(new URLSearchParams('p=abc.12.12.-3~Eve&p=&q=1'))).toEqual([
      { name: 'Eve', movieIds: ['12'] },
      { name: '', movieIds: [] },
    ]);
    expect(readGroup(new URLSearchParams(Array.from({ length: 20 }, () => ['p', '1~x'])))).toHaveLength(MAX_MEMBERS);
  });

  it('changes one member only', () => {
    const group = [
      { name: 'a', movieIds: ['1'] },
      { name: 'b', movieIds: [] },
    ];
    expect(withMember(group, 1, { movieIds: ['2'] })).toEqual([group[0], { name: 'b', movieIds: ['2'] }]);
  });
});
