import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { fixtureSnapshot } from '../../test/fixture-release.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import { Bitset } from '../engine/linalg/bitset.ts';
import { type Snapshot, snapshotOf } from '../recommendations/snapshot.ts';
import { type SearchResult, TitleSearch } from './title-search.ts';

describe('title search', () => {
  let snapshot: Snapshot;
  let everything: Bitset;
  beforeAll(async () => {
    snapshot = await fixtureSnapshot();
    everything = Bitset.full(snapshot.catalog.size);
  });

  const titles = async (query: string, among = everything, offset = 0, limit = 10): Promise<string[]> => {
    const { movies } = await snapshot.search.search(query, among, offset, limit);
    return movies.map((row) => snapshot.catalog.title(snapshot.catalog.indexAt(row)));
  };

  it.each([
    ['the matrix', 'The Matrix'],
    ['matrix the', 'The Matrix'],
    ['Matrix, The', 'The Matrix'],
    ['MATRIX', 'The Matrix'],
    ['matr', 'The Matrix'],
    ['matirx', 'The Matrix'],
    ['matrx', 'The Matrix'],
    ['alein', 'Alien'],
    ['amelie', 'Amélie'],
    ['AMÉLIE', 'Amélie'],
    ['fabuleux destin', 'Amélie'],
    ['spiderman', 'Spider-Man'],
    ['spider man', 'Spider-Man'],
    ['spider-man', 'Spider-Man'],
    ['walle', 'WALL·E'],
    ['wall e', 'WALL·E'],
    ['haine', 'La Haine'],
    ['la haine', 'La Haine'],
    ['hate', 'La Haine'],
    ['la la land', 'La La Land'],
    ['cidade de deus', 'City of God'],
    ['もののけ姫', 'Princess Mononoke'],
    ['もののけ', 'Princess Mononoke'],
    ['2001', '2001: A Space Odyssey'],
    ['start wars', 'Star Wars'],
    ['eternal sunshne', 'Eternal Sunshine of the Spotless Mind'],
    ['boot das', 'Das Boot'],
    ['strangelove', 'Dr. Strangelove'],
  ])('finds for %j first %j', async (query, title) => {
    expect((await titles(query))[0]).toBe(title);
  });

  it('puts the exact title before longer ones, and longer ones by popularity', async () => {
    expect(await titles('alien')).toEqual(['Alien', 'Aliens']);
    expect(await titles('star wars')).toEqual(['Star Wars', 'The Empire Strikes Back', 'Star Wars: Episode I - The Phantom Menace']);
  });

  it('asks for every word before it settles for some', async () => {
    expect(await titles('matrix reloaded')).toEqual(['The Matrix Reloaded']);
    expect((await titles('gladiator rocketship'))[0]).toBe('Gladiator');
  });

  it.each(['', '   ', '!?', '\u0301', '🎬', 'qqqqqqqqqqqq', 'x'.repeat(200)])('finds nothing for %j', async (query) => {
    expect(await snapshot.search.search(query, everything, 0, 10)).toEqual({ total: 0, movies: [] });
  });

  it('finds only candidates, and counts only them', async () => {
    const reloaded = snapshot.catalog.indexOf('6365') ?? -1;
    const only = Bitset.of(snapshot.catalog.size, [reloaded]);
    expect(await snapshot.search.search('matrix', only, 0, 10)).toEqual({ total: 1, movies: [reloaded] });
    expect(await titles('matrix', new Bitset(snapshot.catalog.size))).toEqual([]);
  });

  it('gives pages that put together are the whole list', async () => {
    const whole = await snapshot.search.search('the', everything, 0, 100);
    const pages: number[] = [];
    for (let offset = 0; offset < whole.total; offset += 3)
      pages.push(...(await snapshot.search.search('the', everything, offset, 3)).movies);
    expect(whole.total).toBeGreaterThan(8);
    expect(pages).toEqual(whole.movies);
  });

  it('finds every movie of the catalog by its own title', async () => {
    for (const { title } of FIXTURE_MOVIES) expect((await titles(title))[0]).toBe(title);
  });
});

interface Texts {
  title: string;
  others: string[];
  directors: string[];
  cast: string[];
  collection: string;
}

describe('the rules of title search', () => {
  function columnsOf(movies: (string | Partial<Texts>)[]) {
    const catalog = movies.map((movie, n) => {
      const {
        title = 'other',
        others = [],
        directors = [],
        cast = [],
        collection = '',
      } = typeof movie === 'string' ? { title: movie } : movie;
      return { ...FIXTURE_MOVIES[0], movieId: n + 1, title, alternativeTitles: others, directors, cast, collection };
    });
    return snapshotOf(releaseInMemory(catalog, shippedConfig('default'))).catalog.columns;
  }

  /** Rows that a search finds among these titles, best first. All movies are equally popular unless it says otherwise. */
  async function rows(query: string, movies: (string | Partial<Texts>)[], popularity?: number[]): Promise<number[]> {
    return (await searchOf(movies, popularity)(query)).movies;
  }

  function searchOf(movies: (string | Partial<Texts>)[], popularity = movies.map(() => 0.5)): (query: string) => Promise<SearchResult> {
    const search = new TitleSearch(columnsOf(movies), Float32Array.from(popularity));
    return (query) => search.search(query, Bitset.full(movies.length), 0, 100);
  }

  it.each([
    ['a word of three letters has no error', 'abd', 'abc', false],
    ['a word of four letters has one', 'abcx', 'abcd', true],
    ['a word of four letters has not two', 'abxy', 'abcd', false],
    ['a word of five letters has one', 'abcdx', 'abcde', true],
    ['a word of five letters has not two', 'abcxy', 'abcde', false],
    ['a word of six letters has two', 'abcdxy', 'abcdef', true],
    ['a word of six letters has not three', 'abcxyz', 'abcdef', false],
    ['a number has none', '20015', '20014', false],
    ['two neighbouring letters may be swapped', 'abdc', 'abcd', true],
    ['in a word of three letters they may not', 'acb', 'abc', false],
  ])('%s', async (_rule, query, title, isFound) => {
    expect(await rows(query, [title])).toEqual(isFound ? [0] : []);
  });

  it('an error counts less than a beginning, a beginning less than the word', async () => {
    expect(await rows('abcdef', ['abcdxf', 'abcdefg', 'abcdef'])).toEqual([2, 1]);
    expect(await rows('abcdeg', ['abcdxx', 'abcdxg', 'abcdeghijk'])).toEqual([2, 1, 0]);
  });

  it('a shorter word with this beginning is nearer', async () => {
    expect(await rows('ab', ['abcdefgh', 'abc'])).toEqual([1, 0]);
  });

  it('an equal match by the main title beats one by another title', async () => {
    expect(await rows('solaris', [{ title: 'other', others: ['solaris'] }, 'solaris'])).toEqual([1, 0]);
    expect(await rows('solaris', ['solaris', { title: 'other', others: ['solaris'] }])).toEqual([0, 1]);
  });

  it('another title that the query covers beats a main title that it covers in part', async () => {
    expect(await rows('solaris', ['solaris rising', { title: 'other', others: ['solaris'] }])).toEqual([1, 0]);
  });

  it('a title that the query covers beats one of many more words, unless that is far more popular', async () => {
    const titles = ['alpha beta gamma delta epsilon', 'alpha'];
    expect(await rows('alpha', titles, [0.5, 0.5])).toEqual([1, 0]);
    expect(await rows('alpha', titles, [0.5, 0.2])).toEqual([1, 0]);
    expect(await rows('alpha', titles, [1, 0])).toEqual([0, 1]);
  });

  it('an unknown movie has half the score of the best known one', async () => {
    // A beginning of seven letters out of eight scores 0.9 × (0.5 + 0.5 × 7 / 8), more than half of an exact match.
    expect(await rows('abcdefg', ['abcdefgh', 'abcdefg'], [1, 0])).toEqual([0, 1]);
    expect(await rows('abcdefg', ['abcdxfg', 'abcdefg'], [1, 0])).toEqual([1]);
  });

  it('twelve words are looked at, and no more', async () => {
    const words = Array.from({ length: 12 }, (_, n) => `word${'abcdefghijkl'[n].repeat(3)}`);
    expect(await rows([...words, 'nowhere'].join(' '), [words.join(' ')])).toEqual([0]);
    expect(await rows([...words.slice(0, 11), 'nowhere'].join(' '), [words.join(' '), words.slice(0, 11).join(' ')])).toEqual([1, 0]);
  });

  it('articles may be missing from the title, other words not', async () => {
    expect(await rows('the river', ['river', 'the'])).toEqual([0]);
    expect(await rows('blue river', ['river', 'blue river'])).toEqual([1]);
    expect(await rows('the', ['river', 'the'])).toEqual([1]);
  });

  it('most of the words are enough when no title has all of them', async () => {
    expect(await rows('alpha beta gamma', ['alpha', 'alpha beta', 'delta'])).toEqual([1]);
  });

  it.each([
    ['rocky 2', 'Rocky II'],
    ['rocky two', 'Rocky II'],
    ['rocky ii', 'Rocky 2'],
    ['godfather 2', 'The Godfather: Part II'],
    ['star wars episode 3', 'Star Wars: Episode III - Revenge of the Sith'],
    ['twelve monkeys', '12 Monkeys'],
    ['oceans 11', "Ocean's Eleven"],
    ['part twenty', 'Part XX'],
  ])('a numeral has several spellings: %j finds %j', async (query, title) => {
    expect(await rows(query, [title])).toEqual([0]);
  });

  it('the numeral as it is written comes first', async () => {
    expect(await rows('rocky 2', ['Rocky II', 'Rocky 2'])).toEqual([1, 0]);
  });

  it.each([
    ['starwars', 'Star Wars'],
    ['lalaland', 'La La Land'],
    ['pulpfiction', 'Pulp Fiction'],
    ['spider man', 'Spiderman'],
    ['sky fall', 'Skyfall'],
  ])('words may be joined or split: %j finds %j', async (query, title) => {
    expect(await rows(query, ['Another Title', title])).toEqual([1]);
  });

  it.each([
    ['七人の侍', '七人の侍'],
    ['기생충', '기생충'],
    ['기생', '기생충'],
    ['gisaengchung', 'Gisaengchung'],
    ['portrait de la jeune fille en feu', 'Portrait de la jeune fille en feu'],
    ['kimi no na wa', 'Kimi no Na wa.'],
    ['druk', 'Druk'],
  ])('other titles are found in every script: %j finds %j', async (query, title) => {
    expect(await rows(query, ['Another Title', { title: 'The Film', others: ['El film', title] }])).toEqual([1]);
  });

  it('a title is found when each word begins one of its words, else when as many do as in any title', async () => {
    // Words of three letters have no errors, and two of them are never one word of a title.
    const word = fc.string({ unit: fc.constantFrom('x', 'y', 'z'), minLength: 3, maxLength: 3 });
    const beginning = fc.string({ unit: fc.constantFrom('x', 'y', 'z'), minLength: 2, maxLength: 3 });
    const titlesOf = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(titlesOf, fc.uniqueArray(beginning, { minLength: 1, maxLength: 4 }), async (titlesOfWords, query) => {
        const counts = titlesOfWords.map((words) => query.filter((text) => words.some((one) => one.startsWith(text))).length);
        const most = Math.max(...counts);
        const expected = most === 0 ? [] : counts.flatMap((count, row) => (count === most ? [row] : []));
        const search = searchOf(titlesOfWords.map((words) => words.join(' ')));
        for (const text of [query, query.toReversed()]) {
          const { total, movies } = await search(text.join(' '));
          expect([total, movies.toSorted((a, b) => a - b)]).toEqual([expected.length, expected]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('parts of a joined word are looked for in one title', async () => {
    expect(await rows('starwars', ['Star', 'Wars'])).toEqual([]);
  });

  it('finds the movies of a person, the better known first', async () => {
    const movies = [{ cast: ['Tom Hanks', 'Meg Ryan'] }, { directors: ['Tom Hanks'] }, { cast: ['Tom Cruise'] }];
    expect(await rows('tom hanks', movies, [0.2, 0.9, 0.5])).toEqual([1, 0]);
    expect(await rows('tom hnaks', movies, [0.2, 0.9, 0.5])).toEqual([1, 0]);
    expect(await rows('hank', movies, [0.2, 0.9, 0.5])).toEqual([1, 0]);
    expect(await rows('han', movies)).toEqual([]);
  });

  it('a title beats a person of the same name', async () => {
    expect(await rows('chaplin', [{ directors: ['Charles Chaplin'] }, 'Chaplin'])).toEqual([1, 0]);
  });

  it('finds the movies of a collection', async () => {
    const movies = [
      { title: 'Skyfall', collection: 'James Bond Collection' },
      { title: 'Spectre', collection: 'James Bond Collection' },
    ];
    expect(await rows('james bond', movies, [0.3, 0.6])).toEqual([1, 0]);
  });

  /**
   * Score of the second movie, from half of the first one's up. Popularity p gives a score the factor 0.5 + 0.5 p: the one at which the
   * first, least known, falls behind the second, best known, tells the ratio.
   */
  async function ratio(query: string, first: string | Partial<Texts>, second: string | Partial<Texts>): Promise<number> {
    const columns = columnsOf([first, second]);
    let [low, high] = [0, 1];
    for (let step = 0; step < 12; step++) {
      const middle = (low + high) / 2;
      const { movies } = await new TitleSearch(columns, Float32Array.of(middle, 1)).search(query, Bitset.full(2), 0, 2);
      expect(movies).toHaveLength(2);
      if (movies[0] === 0) high = middle;
      else low = middle;
    }
    return 0.5 + 0.5 * low;
  }

  /** Score of a match of this quality by a title of one word. */
  const single = (match: number): number => match * (0.6 + 0.4 * match);
  const beginning = (letters: number, of: number): number => 0.9 * (0.5 + (0.5 * letters) / of);

  it.each<[rule: string, query: string, first: string | Partial<Texts>, second: string | Partial<Texts>, ratio: number]>([
    ['a title of which the query covers half', 'alpha', 'alpha', 'alpha beta', 0.6 + 0.4 * 0.5],
    ['a beginning of six letters out of seven', 'abcdef', 'abcdef', 'abcdefg', single(beginning(6, 7))],
    ['a beginning of six letters out of twelve', 'abcdef', 'abcdefg', 'abcdefghijkl', single(beginning(6, 12)) / single(beginning(6, 7))],
    ['one error', 'abcdex', 'abcdexghijkl', 'abcdef', single(0.6) / single(beginning(6, 12))],
    ['two errors', 'abcdxy', 'abcdxz', 'abcdef', single(0.35) / single(0.6)],
    ['another numeral', 'eleven', 'Eleven', '11', single(0.97)],
    ['a word without its hyphen', 'spiderman', 'Spiderman', 'Spider-Man', 0.97 * (0.6 + 0.4 * (0.97 / 2))],
    ['another title', 'solaris', 'solaris', { others: ['solaris'] }, 0.95],
    ['a person', 'chaplin', 'chaplin', { cast: ['chaplin'] }, 0.8],
    ['a collection', 'rambo', 'rambo', { collection: 'Rambo Collection' }, 0.85],
    ['two words joined', 'sky fall', 'sky fall', 'skyfall', 0.98],
    ['two words of the query for one of the title', 'alp alpha', 'alp alpha', 'alpha', (1 + beginning(3, 5)) / 2],
  ])('the score of %s, as the formula has it', async (_rule, query, first, second, expected) => {
    expect(await ratio(query, first, second)).toBeCloseTo(expected, 3);
  });

  it('beginnings of names are found from four letters on', async () => {
    const movies = [{ cast: ['Hanks'] }];
    expect(await rows('han', movies)).toEqual([]);
    expect(await rows('hank', movies)).toEqual([0]);
    // As long as it is written, and not with the mark of a name.
    expect(await ratio('hank', { cast: ['hank'] }, { cast: ['hanks'] })).toBeCloseTo(single(beginning(4, 5)), 3);
  });

  it('a word that titles have is looked for without errors, unless that finds nothing', async () => {
    expect(await rows('abcd', ['abcx', 'abcd'])).toEqual([1]);
    expect(await rows('abcd efgh', ['abcx efgh', 'abcd'])).toEqual([0]);
    // The same for another spelling of a title's word, and for names.
    expect(await rows('spiderman', ['spidermen', 'Spider-Man'])).toEqual([1]);
    expect(await rows('hanks', [{ cast: ['Hanky'] }, 'Hanks'])).toEqual([1]);
    expect(await rows('hanks', [{ cast: ['Hanky'] }, { cast: ['Hanks'] }])).toEqual([1]);
    // A name is no word of a title.
    expect(await rows('hanks', ['hanky', { cast: ['Hanks'] }])).toEqual([1, 0]);
  });

  it('an error may be in a word that is written without its hyphen', async () => {
    expect(await rows('spidermna', ['Other', 'Spider-Man'])).toEqual([1]);
  });

  it('beginnings of words without their hyphen are found from four letters on', async () => {
    expect(await rows('abc', ['ab-cde'])).toEqual([]);
    expect(await rows('abcd', ['ab-cde'])).toEqual([0]);
    const match = beginning(4, 5);
    // The title has two words, and the query covers a part of one.
    expect(await ratio('abcd', 'abcde', 'ab-cde')).toBeCloseTo((match * (0.6 + (0.4 * match) / 2)) / single(match), 3);
  });

  it('an article that is missing from the title costs little', async () => {
    // An article has the weight 0.15 beside a word with 1.
    expect(await ratio('the alpha', 'the alpha', 'alpha')).toBeCloseTo(1 / 1.15, 3);
    expect(await ratio('alpha', 'alpha', 'the alpha')).toBeCloseTo(0.6 + 0.4 / 1.15, 3);
  });

  it('as many words are needed as the best candidate has, whichever comes first', async () => {
    const titles = ['alpha beta', 'alpha', 'beta gamma', 'delta'];
    expect(await rows('alpha beta gamma', titles)).toEqual([0, 2]);
    expect(await rows('alpha beta gamma', titles.toReversed())).toEqual([1, 3]);
    const search = new TitleSearch(columnsOf(titles), new Float32Array(4));
    expect(await search.search('alpha beta gamma', Bitset.of(4, [1, 3]), 0, 10)).toEqual({ total: 1, movies: [1] });
    // An article alone is not enough.
    expect(await rows('the alpha beta', ['the', 'alpha'])).toEqual([1]);
  });

  it('nothing of one search is left for the next', async () => {
    const search = new TitleSearch(columnsOf(['alpha beta', 'beta gamma', 'gamma']), new Float32Array(3));
    const ask = async (query: string): Promise<number[]> => (await search.search(query, Bitset.full(3), 0, 10)).movies;
    const [first, second] = [await ask('alpha beta'), await ask('gamma')];
    expect([first, second]).toEqual([[0], [2, 1]]);
    for (let again = 0; again < 3; again++) expect([await ask('alpha beta'), await ask('gamma')]).toEqual([first, second]);
  });

  it('searches at once wait for one index', async () => {
    const search = new TitleSearch(columnsOf(['alpha']), new Float32Array(1));
    const asked = [search.search('alpha', Bitset.full(1), 0, 1), search.build(), search.search('alpha', Bitset.full(1), 0, 1)];
    expect(await Promise.all(asked)).toEqual([{ total: 1, movies: [0] }, undefined, { total: 1, movies: [0] }]);
  });
});
