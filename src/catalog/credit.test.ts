import { describe, expect, it } from 'vitest';
import { StringTable } from '../engine/artifacts/string-table.ts';
import { creditOf, personIdAt } from './credit.ts';

describe('a label of a credit', () => {
  it.each(['ACTOR', 'DIRECTOR', 'WRITER', 'COMPOSER', 'CINEMATOGRAPHER', 'EDITOR', 'PRODUCER'])('is read with the job %s', (job) => {
    expect(creditOf(`${job}:12:Ann`)).toEqual([{ job, personId: 12, name: 'Ann' }]);
  });

  it('may have colons in the name', () => {
    expect(creditOf('ACTOR:1:DJ: Ann: the Third')).toEqual([{ job: 'ACTOR', personId: 1, name: 'DJ: Ann: the Third' }]);
  });

  it.each(['GRIP:12:Ann', 'actor:12:Ann', ':12:Ann', 'ACTOR', 'ACTOR:0:Ann', 'ACTOR:-1:Ann', 'ACTOR:1.5:Ann', 'ACTOR:x:Ann', ''])(
    'is none: %j',
    (label) => {
      expect(creditOf(label)).toEqual([]);
    },
  );
});

describe('the id of a person within a table of labels', () => {
  const idsIn = (...labels: string[]): number[] => {
    const table = StringTable.from(labels);
    return labels.map((_, label) => personIdAt(table, label));
  };

  it('has all ten digits', () => {
    expect(idsIn('ACTOR:1234567890:Ann', 'DIRECTOR:90:Ben', 'X:7:')).toEqual([1_234_567_890, 90, 7]);
  });

  it('is 0 where a label has none, or has anything but digits', () => {
    // "/" and ";" are the characters beside the digits and the colon.
    expect(idsIn('ACTOR', 'ACTOR:', 'ACTOR::Ann', 'ACTOR:1/2:Ann', 'ACTOR:1;2:Ann', 'ACTOR:x1:Ann')).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('ends with its label, whatever the next one begins with', () => {
    expect(idsIn('ACTOR', ':5:Ann', 'ACTOR:12', '34:6:Ben')).toEqual([0, 5, 12, 6]);
  });
});
