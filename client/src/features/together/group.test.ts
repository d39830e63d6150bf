import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX, readParty, withPerson, writeParty } from './group.ts';

const person = fc.record({
  name: fc.string({ maxLength: 30 }),
  movieIds: fc.uniqueArray(
    fc.integer({ min: 1, max: 999_999 }).map((id) => String(id)),
    { maxLength: 30 },
  ),
});

describe('a party in a link', () => {
  it('comes back as it was, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: MAX }), (party) => {
        expect(readParty(new URLSearchParams(writeParty(party).toString()))).toEqual(party);
      }),
    );
  });

  it('takes nothing from a link that is not what it should be', () => {
    expect(readParty(new URLSearchParams('p=abc.12.12.-3~Eve&p=&q=1'))).toEqual([
      { name: 'Eve', movieIds: ['12'] },
      { name: '', movieIds: [] },
    ]);
    expect(readParty(new URLSearchParams(Array.from({ length: 20 }, () => ['p', '1~x'])))).toHaveLength(MAX);
  });

  it('changes for one of them alone', () => {
    const party = [
      { name: 'a', movieIds: ['1'] },
      { name: 'b', movieIds: [] },
    ];
    expect(withPerson(party, 1, { movieIds: ['2'] })).toEqual([party[0], { name: 'b', movieIds: ['2'] }]);
  });
});
