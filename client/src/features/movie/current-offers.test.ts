import { expect, it } from 'vitest';
import { currentOffers } from './current-offers.ts';

it('leaves out offers that ended and puts subscriptions before what costs more', () => {
  const buy = { kind: 'BUY', leftAt: null } as const;
  const flat = { kind: 'SUBSCRIPTION', leftAt: null } as const;
  const ended = { kind: 'FREE', leftAt: '2026-01-05' } as const;
  expect(currentOffers([buy, ended, flat])).toEqual([
    ['SUBSCRIPTION', [flat]],
    ['BUY', [buy]],
  ]);
});
