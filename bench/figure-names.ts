import type { HttpFigures } from './http.ts';
import type { Measured } from './measure.ts';
import type { PeerFigures } from './peer.ts';
import type { SearchFigures } from './search.ts';
import type { Step } from './steps.ts';
import type { measureTraining } from './training.ts';

type Figures = Record<string, string>;
type Training = Pick<
  Awaited<ReturnType<typeof measureTraining>>,
  'steps' | 'seconds' | 'cpuSeconds' | 'peakMegabytes' | 'artifactsMegabytes'
>;

/** What was measured on one catalog, under the names that the docs quote: `SCOPE.request.p50`. */
export function figuresOf(scope: string, measured: Measured): Figures {
  const figures: Figures = {
    [`${scope}.movies`]: measured.movies.toLocaleString('en'),
    [`${scope}.artifacts`]: `${measured.artifactsMegabytes.toFixed(1)} MB`,
    [`${scope}.ready`]: `${measured.readySeconds.toFixed(2)} s`,
    [`${scope}.memory`]: `${measured.serverMegabytes.toFixed(0)} MB`,
    [`${scope}.http.p50`]: milliseconds(measured.http.p50),
    [`${scope}.http.p99`]: milliseconds(measured.http.p99),
    [`${scope}.returned`]: measured.inProcess.request.meanReturned.toFixed(1),
  };
  if (measured.trainSeconds !== undefined) figures[`${scope}.train`] = `${measured.trainSeconds.toFixed(1)} s`;
  for (const [name, { p50, p99 }] of Object.entries(measured.inProcess)) {
    figures[`${scope}.${slug(name)}.p50`] = milliseconds(p50);
    figures[`${scope}.${slug(name)}.p99`] = milliseconds(p99);
  }
  return figures;
}

export function httpFigures({ scenarios, oneConnection, megabytesAfterLoad }: HttpFigures): Figures {
  const figures: Figures = {
    'http.memory': `${megabytesAfterLoad.toFixed(0)} MB`,
    'http.above-engine.p50': milliseconds(oneConnection.p50 - oneConnection.engineP50),
  };
  for (const { slug, rate, shareOfBare, p50, p99 } of scenarios) {
    figures[`http.${slug}.rate`] = `${Math.round(rate).toLocaleString('en')} requests/s`;
    figures[`http.${slug}.share`] = shareOfBare.toFixed(3);
    figures[`http.${slug}.p50`] = milliseconds(p50);
    figures[`http.${slug}.p99`] = milliseconds(p99);
  }
  return figures;
}

export function peerFigures({ trainSeconds, loadSeconds, p50, p99, meanReturned }: PeerFigures): Figures {
  return {
    'reference.train': `${trainSeconds.toFixed(1)} s`,
    'reference.ready': `${loadSeconds.toFixed(2)} s`,
    'reference.request.p50': milliseconds(p50),
    'reference.request.p99': milliseconds(p99),
    'reference.returned': meanReturned.toFixed(1),
  };
}

export function searchFigures({ movies, kinds }: SearchFigures): Figures {
  const figures: Figures = { 'search.movies': movies.toLocaleString('en') };
  for (const { name, p50, p99 } of kinds) {
    figures[`search.${slug(name)}.p50`] = milliseconds(p50);
    figures[`search.${slug(name)}.p99`] = milliseconds(p99);
  }
  return figures;
}

export function ingestFigures(measured: { seconds: number; cpuSeconds: number; peakMegabytes: number }): Figures {
  return stepFigures('ratings', measured);
}

/** The parts of a training by the step that begins each; a step without a name of its own belongs to the part before it. */
const PARTS: Record<string, readonly string[]> = {
  'ratings read': ['ratings'],
  EASE: ['ease', 'sparse-ease'],
  iALS: ['ials'],
  'co-likes': ['co-likes'],
  'cold movies': ['cold-vectors'],
  blend: ['blend'],
  validation: ['written'],
};

export function trainingFigures(measured: Training): Figures {
  const parts = new Map<string, Step>();
  let name = 'catalog';
  for (const step of measured.steps) {
    name = PARTS[step.name]?.find((part) => !parts.has(part)) ?? name;
    const before = parts.get(name) ?? { name, seconds: 0, cpuSeconds: 0, peakMegabytes: 0 };
    parts.set(name, {
      name,
      seconds: before.seconds + step.seconds,
      cpuSeconds: before.cpuSeconds + step.cpuSeconds,
      peakMegabytes: Math.max(before.peakMegabytes, step.peakMegabytes),
    });
  }
  return Object.assign(
    { 'training.artifacts': `${measured.artifactsMegabytes.toFixed(1)} MB` },
    ...[...parts.values()].map((part) => stepFigures(`training.${part.name}`, part)),
    stepFigures('training.all', measured),
  );
}

function stepFigures(
  scope: string,
  { seconds, cpuSeconds, peakMegabytes }: Record<'seconds' | 'cpuSeconds' | 'peakMegabytes', number>,
): Figures {
  return {
    [`${scope}.seconds`]: `${seconds.toFixed(0)} s`,
    [`${scope}.cpu`]: `${cpuSeconds.toFixed(0)} s`,
    [`${scope}.memory`]: `${(peakMegabytes / 1000).toFixed(1)} GB`,
  };
}

function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`;
}

/** "20 likes, 2 genres" -> "20-likes-2-genres" */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
