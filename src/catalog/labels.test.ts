import { describe, expect, it } from 'vitest';
import { tag } from '../engine/artifacts/catalog-columns.ts';
import { Bitset } from '../engine/linalg/bitset.ts';
import { LabelIndex, slugOf } from './labels.ts';

const genres = new LabelIndex(tag([['Sci-Fi', 'Action'], ['Film-Noir'], ['Action'], ['Comédie']]));
const services = new LabelIndex(tag([['Apple TV', 'Netflix'], ['Apple TV+'], ['Disney+', 'AMC & Friends']]));

describe('labels', () => {
  it.each(['Sci-Fi', 'sci-fi', 'SCI-FI', ' Sci Fi ', 'scifi', 'Science Fiction', 'science-fiction'])('finds Sci-Fi as %j', (spelling) => {
    expect(genres.find(spelling)?.name).toBe('Sci-Fi');
  });

  it('finds names without their accents', () => {
    expect(genres.find('comedie')?.name).toBe('Comédie');
  });

  it.each(['', ' ', '-', '+', 'Sci', 'constructor', '__proto__'])('finds nothing for %j', (text) => {
    expect(genres.find(text)).toBeUndefined();
  });

  it('keeps apart two services that differ by a sign', () => {
    expect(services.labels.map(({ id, name }) => [id, name])).toEqual([
      ['amc-friends', 'AMC & Friends'],
      ['apple-tv', 'Apple TV'],
      ['apple-tv-plus', 'Apple TV+'],
      ['disney', 'Disney+'],
      ['netflix', 'Netflix'],
    ]);
    expect(services.find('apple tv')?.name).toBe('Apple TV');
    expect(services.find('APPLE TV+')?.name).toBe('Apple TV+');
    expect(services.find('apple-tv-plus')?.name).toBe('Apple TV+');
    expect(services.find('disney plus')?.name).toBe('Disney+');
  });

  it('names the service of what the owner has first', () => {
    const owned = new LabelIndex(tag([['Apple TV', 'Mine'], ['Netflix']]));
    expect(owned.labels.map(({ name }) => name)).toEqual(['Mine', 'Apple TV', 'Netflix']);
  });

  it('makes ids unique and not empty whatever the names are', () => {
    const odd = new LabelIndex(tag([['???', '!!!', 'A!', 'A?', 'A']]));
    const ids = odd.labels.map(({ id }) => id);
    // By rows, which are in alphabetical order: "!!!", "???", "A", "A!", "A?".
    expect(odd.labels.toSorted((a, b) => a.index - b.index).map(({ id }) => id)).toEqual(['unnamed-2', 'unnamed-3', 'a', 'a-2', 'a-3']);
    expect(new Set(ids).size).toBe(5);
    for (const label of odd.labels) expect(odd.find(label.name)?.index).toBe(label.index);
  });

  it('counts the movies of each', () => {
    expect(genres.find('action')?.movieCount).toBe(2);
    expect(genres.find('sci-fi')?.movieCount).toBe(1);
  });

  it('come by the number of their movies, and of equal ones by name', () => {
    expect(genres.byMovieCount().map(({ name }) => name)).toEqual(['Action', 'Comédie', 'Film-Noir', 'Sci-Fi']);
  });

  it('are ascending rows for names, each once; a name of no label is skipped', () => {
    const many = new LabelIndex(tag([Array.from({ length: 12 }, (_, n) => `g${n}`)]));
    // Rows follow the names in alphabetical order: g0, g1, g10, g11, g2, ...
    expect(many.rowsOf(['g9', 'g2', 'nothing', 'G2', 'g1'])).toEqual([1, 4, 11]);
  });

  it('knows what a wrong name may have meant', () => {
    expect(genres.nearest('film noire')[0]).toBe('Film-Noir');
    expect(services.nearest('Netflicks')[0]).toBe('Netflix');
    expect(new LabelIndex(tag([[]])).nearest('anything')).toEqual([]);
  });

  it.each([
    ['disney', 'Disney Plus'],
    ['max', 'HBO Max'],
    ['hbo max', 'Max'],
    ['paramount', 'Paramount Plus'],
    ['peacock', 'Peacock Premium'],
    ['discovery', 'Discovery Plus'],
    ['apple tv plus', 'Apple TV'],
    ['amazon prime video', 'Amazon Video'],
    ['amazon video', 'Amazon Prime Video'],
  ])('finds a service by a name that it had: %j', (earlier, name) => {
    expect(new LabelIndex(tag([['Other', name]])).find(earlier)?.name).toBe(name);
    expect(new LabelIndex(tag([['Other']])).find(earlier)).toBeUndefined();
  });

  it('takes no name from a service that has it', () => {
    const both = new LabelIndex(tag([['HBO Max', 'Max', 'Amazon Prime Video', 'Amazon Video']]));
    for (const name of ['HBO Max', 'Max', 'Amazon Prime Video', 'Amazon Video']) expect(both.find(name)?.name).toBe(name);
  });

  it('finds a name of signs with spaces around it', () => {
    expect(new LabelIndex(tag([['???', '!!!']])).find(' !!! ')?.name).toBe('!!!');
  });

  it('has the signs spelled out in the id of the second of two', () => {
    const ids = new LabelIndex(tag([['A', 'A&', 'A+']])).labels.map(({ id }) => id);
    expect(ids).toEqual(['a', 'a-and', 'a-plus']);
  });

  it('counts no movie that is hidden', () => {
    const tagging = tag([['Action', 'Drama'], ['Drama'], ['Action'], []]);
    const counts = (...hidden: number[]): [string, number][] =>
      new LabelIndex(tagging, Bitset.of(4, hidden)).labels.map(({ name, movieCount }) => [name, movieCount]);
    expect([counts(), counts(0), counts(1, 3), counts(0, 1, 2)]).toEqual([
      [
        ['Action', 2],
        ['Drama', 2],
      ],
      [
        ['Action', 1],
        ['Drama', 1],
      ],
      [
        ['Action', 2],
        ['Drama', 1],
      ],
      [
        ['Action', 0],
        ['Drama', 0],
      ],
    ]);
  });

  it.each([
    ['Sci-Fi', 'sci-fi'],
    ['  A  &  B  ', 'a-b'],
    ['!Ça va?', 'ca-va'],
    ['?', ''],
  ])('makes of %j the slug %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
