import { expect, it } from 'vitest';
import { creditsByJob } from './credits-by-job.ts';

it('lists people by job in the order of the page', () => {
  const people = creditsByJob({
    credits: [
      { job: 'ACTOR', name: 'Yoji Matsuda', personId: 11 },
      { job: 'DIRECTOR', name: 'Hayao Miyazaki', personId: 12 },
    ],
    directors: ['Hayao Miyazaki'],
    cast: ['Yoji Matsuda', 'Yuriko Ishida'],
  });
  expect([...people]).toEqual([
    ['DIRECTOR', [{ name: 'Hayao Miyazaki', personId: 12 }]],
    ['ACTOR', [{ name: 'Yoji Matsuda', personId: 11 }]],
  ]);
});

it('names directors and cast of a catalog without credits', () => {
  expect([...creditsByJob({ credits: [], directors: ['Ridley Scott'], cast: [] })]).toEqual([['DIRECTOR', [{ name: 'Ridley Scott' }]]]);
});
