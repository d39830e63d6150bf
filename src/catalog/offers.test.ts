import { describe, expect, it } from 'vitest';
import { tag } from '../engine/artifacts/catalog-columns.ts';
import { InputError } from '../input-error.ts';
import { OFFER_KINDS, type OfferFilter, OfferTable, watchPage } from './offers.ts';

const DAY = (text: string): number => Date.parse(text) / 86_400_000;
/** The labels of each movie, with the days since when and until when. */
const MOVIES: [label: string, since: number, leftAt: number][][] = [
  [
    ['US:rent:2:Apple TV', DAY('2026-01-03'), 0],
    ['US:subscription:8:Netflix', DAY('2026-01-02'), DAY('2026-02-01')],
    ['DE:subscription:8:Netflix', DAY('2026-01-05'), 0],
    ['US:subscription:0:Plan: B', 0, 0],
    ['US:free:337:Disney+', DAY('2026-01-02'), 0],
    ['US:theatre:1:Cinema', DAY('2026-01-02'), 0],
  ],
  [],
];
const tagging = tag(MOVIES.map((labels) => labels.map(([label]) => label)));
const days = (at: 1 | 2): Uint16Array => Uint16Array.from(MOVIES.flat(), (label) => label[at]);
const table = new OfferTable({ tagging, since: days(1), leftAt: days(2) }, 'US');
const labelsOf = (rows: readonly number[]): string[] => rows.map((row) => tagging.names.get(row));
const read = (filter: OfferFilter, stored?: string[]) => table.read(filter, 'watch', stored);
const refusal = (run: () => unknown): InputError => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('expected an InputError');
};

describe('the offers of a movie', () => {
  it('are those of a region, standing ones first, by kind', () => {
    expect(table.of(0, 'US')).toEqual([
      { region: 'US', kind: 'SUBSCRIPTION', providerId: null, service: 'Plan: B', since: null, leftAt: null },
      { region: 'US', kind: 'FREE', providerId: 337, service: 'Disney+', since: '2026-01-02', leftAt: null },
      { region: 'US', kind: 'RENT', providerId: 2, service: 'Apple TV', since: '2026-01-03', leftAt: null },
      { region: 'US', kind: 'SUBSCRIPTION', providerId: 8, service: 'Netflix', since: '2026-01-02', leftAt: '2026-02-01' },
    ]);
    expect([table.of(0, 'FR'), table.of(1, 'US')]).toEqual([[], []]);
  });

  it('have a page of TMDb', () => {
    expect(watchPage(603, 'DE')).toBe('https://www.themoviedb.org/movie/603/watch?locale=DE');
  });
});

describe('a filter by offers', () => {
  it('restricts nothing that it leaves out', () => {
    const { rows, ...rest } = read({});
    expect(rest).toEqual({ region: 'US', kinds: [], services: [], since: undefined, leftSince: undefined });
    expect(labelsOf(rows)).toEqual(['US:free:337:Disney+', 'US:rent:2:Apple TV', 'US:subscription:0:Plan: B', 'US:subscription:8:Netflix']);
    expect(read({ kinds: [], services: [], onMyServices: false, since: null, leftSince: null, region: null })).toEqual(read({}));
  });

  it('names kinds and services, in any spelling', () => {
    const both = read({ kinds: ['RENT', 'FREE'], services: ['disney plus', 'apple-tv', 'Disney+'] });
    expect([both.kinds, both.services, labelsOf(both.rows)]).toEqual([
      ['FREE', 'RENT'],
      ['Apple TV', 'Disney+'],
      ['US:free:337:Disney+', 'US:rent:2:Apple TV'],
    ]);
    expect(labelsOf(read({ kinds: ['BUY'] }).rows)).toEqual([]);
    expect(labelsOf(read({ services: ['Netflix'], region: 'de' }).rows)).toEqual(['DE:subscription:8:Netflix']);
  });

  it('has the services that the viewer stored, and all when there are none', () => {
    expect(labelsOf(read({ onMyServices: true }, ['Disney Plus', 'Mubi']).rows)).toEqual(['US:free:337:Disney+']);
    expect(read({ onMyServices: true }, []).rows).toHaveLength(4);
    expect(read({ onMyServices: true }, ['Mubi']).rows).toEqual([]);
    expect(read({}, ['Mubi']).rows).toHaveLength(4);
  });

  it('begins a day after the first look at a region, because what was new then is not known', () => {
    expect(read({ since: '2026-01-01' }).since).toBe(DAY('2026-01-03'));
    expect(read({ since: '2026-01-04' }).since).toBe(DAY('2026-01-04'));
    expect(read({ since: '2026-01-01', region: 'DE' }).since).toBe(DAY('2026-01-06'));
    expect(read({ leftSince: '2026-01-01' }).leftSince).toBe(DAY('2026-01-01'));
  });

  it('is refused with the nearest names, and with what there is', () => {
    const service = refusal(() => read({ services: ['Netflix', 'Netflux'] }));
    expect(service.message).toBe('watch.services[1]: there is no service "Netflux" in US; did you mean Netflix?');
    const region = refusal(() => read({ region: 'fr' }));
    expect(region.message).toBe('watch.region: there are no offers in the region "fr"; there are DE, US');
    expect(refusal(() => new OfferTable(undefined, 'US').read({}, 'watch')).message).toContain('the catalog has no offers');
    for (const [field, value] of [
      ['services', 'Netflix'],
      ['kinds', 'RENT'],
    ] as const) {
      const filter = (length: number): OfferFilter => ({ [field]: Array(length).fill(value) });
      expect(() => read(filter(100))).not.toThrow();
      expect(refusal(() => read(filter(101))).message).toContain(`watch.${field}`);
    }
  });

  it('takes codes of regions that people write', () => {
    const one = (region: string) => new OfferTable({ tagging: tag([[`${region}:buy:1:X`]]), since: days(1), leftAt: days(2) }, region);
    expect([one('GB').readRegion(' uk ', 'x'), one('GR').readRegion('el', 'x')]).toEqual(['GB', 'GR']);
    expect(OFFER_KINDS.map((kind) => one('GB').read({ kinds: [kind] }, 'x').rows.length)).toEqual([0, 0, 0, 0, 1]);
    expect(new OfferTable(undefined, 'US').of(0, 'US')).toEqual([]);
    expect(new OfferTable(undefined, 'US').regions).toEqual([]);
  });
});

describe('a change of the offers of a movie', () => {
  const came = 'US:subscription:8:Netflix';
  const other = 'US:subscription:9:Prime';
  const FIRST = DAY('2026-01-02');
  const CASES: [what: string, offers: [string, number, number][], change: object | undefined][] = [
    ['it was there at the first look', [[came, FIRST, 0]], undefined],
    ['it came the day after', [[came, FIRST + 1, 0]], { kind: 'arrived', day: FIRST + 1 }],
    [
      'it is on a second service now',
      [
        [came, FIRST + 5, 0],
        [other, FIRST, 0],
      ],
      undefined,
    ],
    [
      'it came to two',
      [
        [came, FIRST + 5, 0],
        [other, FIRST + 6, 0],
      ],
      { kind: 'arrived', day: FIRST + 5 },
    ],
    [
      'it left one of two',
      [
        [came, FIRST, FIRST + 5],
        [other, FIRST, 0],
      ],
      undefined,
    ],
    [
      'it left both',
      [
        [came, FIRST, FIRST + 5],
        [other, FIRST, FIRST + 7],
      ],
      { kind: 'left', day: FIRST + 7 },
    ],
    [
      'it moved from one to the other',
      [
        [came, FIRST, FIRST + 5],
        [other, FIRST + 5, 0],
      ],
      undefined,
    ],
    [
      'it came back a day later',
      [
        [came, FIRST, FIRST + 5],
        [other, FIRST + 6, 0],
      ],
      { kind: 'arrived', day: FIRST + 6 },
    ],
    ['nobody knows since when', [[came, 0, 0]], undefined],
    ['another service has it', [['US:rent:2:Apple TV', FIRST + 5, 0]], undefined],
    ['another country has it', [['DE:subscription:8:Netflix', FIRST + 5, 0]], undefined],
    ['nobody has it', [], undefined],
  ];
  const rows = [...CASES.map(([, offers]) => offers), [[came, FIRST, FIRST + 9] as [string, number, number]]];
  const column = (at: 1 | 2) => Uint16Array.from(rows.flat(), (offer) => offer[at]);
  const changing = new OfferTable(
    { tagging: tag(rows.map((offers) => offers.map(([label]) => label))), since: column(1), leftAt: column(2) },
    'US',
  );

  it.each(CASES.map(([what, , change], row) => ({ what, row, change })))('is right when $what', ({ row, change }) => {
    expect(changing.changesOn('US', ['Netflix', 'prime'])(row)).toEqual(change);
  });

  it('is none without services, in a country without offers, and in a catalog without any', () => {
    expect(changing.changesOn('US', [])(1)).toBeUndefined();
    expect(changing.changesOn('FR', ['Netflix'])(1)).toBeUndefined();
    expect(new OfferTable(undefined, 'US').changesOn('US', ['Netflix'])(1)).toBeUndefined();
  });

  it('is not later than the last day of the country', () => {
    expect(['US', 'DE', 'FR'].map((region) => changing.lastDay(region))).toEqual([FIRST + 9, FIRST + 5, 0]);
    expect(new OfferTable(undefined, 'US').lastDay('US')).toBe(0);
  });
});

describe('a table of offers', () => {
  const first = DAY('2026-03-01');
  const labels = ['US:rent:2:B', 'US:rent:3:A', 'DE:rent:2:A', 'US:nonsense:2:A', 'US'];
  const since = [first, 0, first - 1, first - 2, first - 3];
  const own = new OfferTable({ tagging: tag([labels]), since: Uint16Array.from(since), leftAt: new Uint16Array(5) }, 'US');

  it('has the regions of the offers that can be read, each once', () => {
    expect(own.regions).toEqual(['DE', 'US']);
    expect(own.defaultRegion).toBe('US');
  });

  it('does not count days that are not known, of other regions, or of offers that cannot be read, for the first look', () => {
    // Asked twice: the day is kept.
    for (let n = 0; n < 2; n++) expect(own.read({ since: '2026-01-01' }, 'x').since).toBe(first + 1);
    expect(own.read({ since: '2026-01-01', region: 'DE' }, 'x').since).toBe(first);
    expect(own.read({ since: '2026-03-02' }, 'x').since).toBe(first + 1);
    expect(own.read({ since: '2026-03-03' }, 'x').since).toBe(first + 2);
  });

  it('lists at most a hundred services, in alphabetical order, for a name that is none', () => {
    const many = Array.from({ length: 101 }, (_, n) => `US:rent:1:S${String(n).padStart(3, '0')}`);
    const table = new OfferTable({ tagging: tag([many]), since: new Uint16Array(101), leftAt: new Uint16Array(101) }, 'US');
    const { allowed } = refusal(() => table.read({ services: ['zzz'] }, 'x')).details as { allowed: string[] };
    expect([allowed.length, allowed[0], allowed[99]]).toEqual([100, 'S000', 'S099']);
  });
});
