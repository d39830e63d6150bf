import { describe, expect, it } from 'vitest';
import { tag } from '../engine/artifacts/catalog-columns.ts';
import { LabelIndex } from './labels.ts';

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
});
