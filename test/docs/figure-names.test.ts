import { describe, expect, it } from 'vitest';
import { figuresOf, peerFigures, trainingFigures } from '../../bench/figure-names.ts';
import { quotedFigures, readFigureRuns } from '../../bench/figures.ts';
import { PAGES, readPage } from './markdown.ts';

const latency = { p50: 0.526, p99: 1.339, meanReturned: 20 };
const none = { seconds: 0, cpuSeconds: 0, peakMegabytes: 0 };
const measured = {
  movies: 75_733,
  trainSeconds: 6.08,
  artifactsMegabytes: 28.01,
  readySeconds: 0.64,
  serverMegabytes: 250.4,
  http: { p50: 2, p99: 5 },
  inProcess: { request: latency, 'no filter': latency, '20 likes': latency, '20 likes, 2 genres': latency, '1 like': latency },
};

describe('names of figures', () => {
  it('hold value and unit as pages quote them', () => {
    expect(figuresOf('real', measured)).toMatchObject({
      'real.movies': '75,733',
      'real.train': '6.1 s',
      'real.artifacts': '28.0 MB',
      'real.memory': '250 MB',
      'real.request.p50': '0.53 ms',
      'real.request.p99': '1.34 ms',
      'real.returned': '20.0',
    });
  });

  it('add up the steps of a training by its parts', () => {
    const step = (name: string, seconds: number, peakMegabytes = 1000) => ({ name, seconds, cpuSeconds: 2 * seconds, peakMegabytes });
    const steps = [
      step('rest', 11),
      step('ratings read', 19),
      step('rest', 12),
      step('EASE', 158, 2900),
      step('EASE', 37),
      step('rest', 1),
      step('iALS', 269),
      step('co-likes', 20),
      step('cold movies', 106),
    ];
    const all = { steps, seconds: 633, cpuSeconds: 1266, peakMegabytes: 2900, artifactsMegabytes: 131.7 };
    expect(trainingFigures(all)).toMatchObject({
      'training.catalog.seconds': '11 s',
      'training.ratings.seconds': '31 s',
      'training.ratings.cpu': '62 s',
      'training.ease.memory': '2.9 GB',
      'training.sparse-ease.seconds': '38 s',
      'training.ials.seconds': '269 s',
      'training.co-likes.seconds': '20 s',
      'training.cold-vectors.seconds': '106 s',
      'training.all.seconds': '633 s',
      'training.artifacts': '131.7 MB',
    });
  });

  it('are those that pages quote of a catalog and of the reference system', () => {
    const peer = { trainSeconds: 1, loadSeconds: 1, p50: 1, p99: 1, meanReturned: 1 };
    const names = ['real', 'hybrid', 'size-1000000'].flatMap((scope) => Object.keys(figuresOf(scope, measured)));
    const steps = ['rest', 'ratings read', 'EASE', 'EASE', 'iALS', 'co-likes', 'cold movies', 'blend', 'validation'].map((name) => ({
      name,
      ...none,
    }));
    const training = trainingFigures({ steps, ...none, artifactsMegabytes: 1 });
    const known = new Set([...names, ...Object.keys(peerFigures(peer)), ...Object.keys(training)]);
    const quoted = PAGES.flatMap((page) => quotedFigures(readPage(page)).names);
    const benched = quoted.filter((name) => /^(real|hybrid|size-\d+|reference|training)\./.test(name));
    expect(benched.length).toBeGreaterThan(0);
    expect([...new Set(benched)].filter((name) => !known.has(name))).toEqual([]);
    expect(readFigureRuns().map(({ command }) => command)).toContain('npm run bench');
  });
});
