import { expect, it } from 'vitest';
import { filterOf, personIdOf, tagOf } from './tag.ts';

const read = (search: string) => tagOf(new URLSearchParams(search));

it('a tag in the address is a person, a keyword or a series', () => {
  expect(read('person=31')).toEqual({ kind: 'person', value: '31' });
  expect(read('genre=drama&keyword=time%20travel')).toEqual({ kind: 'keyword', value: 'time travel' });
  expect(read('collection=Alien+Collection')).toEqual({ kind: 'collection', value: 'Alien Collection' });
  expect(read('person=&q=a')).toBeUndefined();
  expect(read(`keyword=${'a'.repeat(500)}`)?.value).toHaveLength(200);
});

it('a tag is a filter, and a person in digits has an id', () => {
  expect(filterOf({ kind: 'person', value: 'Tom Hanks' })).toEqual({ people: ['Tom Hanks'] });
  expect(filterOf({ kind: 'collection', value: 'Alien Collection' })).toEqual({ collections: ['Alien Collection'] });
  expect([personIdOf({ kind: 'person', value: '31' }), personIdOf({ kind: 'keyword', value: '31' })]).toEqual([31, undefined]);
});
