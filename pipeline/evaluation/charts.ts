import { coordinate as at, escapeMarkup } from './markup.ts';

export interface Series {
  name: string;
  /** One value per category. */
  values: readonly number[];
  /** Interval of each value. */
  ranges?: readonly { low: number; high: number }[];
}

export interface Chart {
  title: string;
  /** Meaning of the values. */
  unit: string;
  /** Meaning of the categories. */
  axis: string;
  categories: readonly string[];
  series: readonly Series[];
}

const WIDTH = 760;
const HEIGHT = 340;
const LEFT = 56;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 46;
const MAX_STEPS = 5;
/** Number of colours in the style sheet, c0 to c7. Further series repeat them. */
const COLOURS = 8;

/** Lines over categories, with error bars when there are ranges. Returns an SVG element; the page supplies the colours. */
export function lineChart(chart: Chart): string {
  const { categories, series } = chart;
  const scale = scaleOf(series.flatMap(({ values, ranges }) => [...values, ...(ranges ?? []).map(({ high }) => high)]));
  const x = (n: number, s: number): number =>
    LEFT + ((n + 0.5) / categories.length) * (WIDTH - LEFT - RIGHT) + (s - (series.length - 1) / 2) * 5;
  const y = (value: number): number => HEIGHT - BOTTOM - (value / topOf(scale)) * (HEIGHT - TOP - BOTTOM);
  const lines = series.map(({ name, values, ranges }, s) => {
    const points = values.map((value, n) => `${at(x(n, s))},${at(y(value))}`).join(' ');
    const bars = (ranges ?? []).map(
      ({ low, high }, n) => `<line x1="${at(x(n, s))}" x2="${at(x(n, s))}" y1="${at(y(Math.max(0, low)))}" y2="${at(y(high))}"/>`,
    );
    const dots = values.map(
      (value, n) => `<circle cx="${at(x(n, s))}" cy="${at(y(value))}" r="3.5">${tip(name, categories[n], value)}</circle>`,
    );
    return `<g class="c${s % COLOURS}"><polyline points="${points}"/>${bars.join('')}${dots.join('')}</g>`;
  });
  return svg(chart, HEIGHT, [...valueAxis(scale, y), ...categoryLabels(categories), ...lines]);
}

/** Vertical bars, side by side within a category. */
export function barChart(chart: Chart): string {
  const { categories, series } = chart;
  const scale = scaleOf(series.flatMap(({ values }) => values));
  const y = (value: number): number => HEIGHT - BOTTOM - (value / topOf(scale)) * (HEIGHT - TOP - BOTTOM);
  const width = ((WIDTH - LEFT - RIGHT) / categories.length) * 0.8;
  const bars = series.map(({ name, values }, s) => {
    const rectangles = values.map((value, n) => {
      const x = LEFT + ((n + 0.1) / categories.length) * (WIDTH - LEFT - RIGHT) + (s / series.length) * width;
      const height = at(HEIGHT - BOTTOM - y(value));
      return `<rect x="${at(x)}" y="${at(y(value))}" width="${at(width / series.length)}" height="${height}">${tip(name, categories[n], value)}</rect>`;
    });
    return `<g class="c${s % COLOURS}">${rectangles.join('')}</g>`;
  });
  return svg(chart, HEIGHT, [...valueAxis(scale, y), ...categoryLabels(categories), ...bars]);
}

/** Horizontal bars, for categories with long names. */
export function rowChart(chart: Chart): string {
  const { categories, series } = chart;
  const left = 130;
  const row = 10 * series.length + 10;
  const height = TOP + row * categories.length + BOTTOM;
  const scale = scaleOf(series.flatMap(({ values }) => values));
  const x = (value: number): number => left + (value / topOf(scale)) * (WIDTH - left - RIGHT);
  const grid = ticks(scale).map(
    (value) =>
      `<line class="grid" x1="${at(x(value))}" x2="${at(x(value))}" y1="${TOP}" y2="${height - BOTTOM}"/><text x="${at(x(value))}" y="${height - BOTTOM + 16}" text-anchor="middle">${label(value)}</text>`,
  );
  const names = categories.map(
    (name, n) => `<text x="${left - 8}" y="${at(TOP + row * (n + 0.5) + 4)}" text-anchor="end">${escapeMarkup(name)}</text>`,
  );
  const bars = series.map(({ name, values }, s) => {
    const rectangles = values.map(
      (value, n) =>
        `<rect x="${left}" y="${at(TOP + row * n + 5 + 10 * s)}" width="${at(x(value) - left)}" height="9">${tip(name, categories[n], value)}</rect>`,
    );
    return `<g class="c${s % COLOURS}">${rectangles.join('')}</g>`;
  });
  return svg(chart, height, [...grid, ...names, ...bars]);
}

/** Names and colours of the series. */
export function legend(series: readonly Series[]): string {
  const items = series.map(
    ({ name }, s) =>
      `<li><svg class="key c${s % COLOURS}" viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12"/></svg>${escapeMarkup(name)}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

function svg({ title, unit, axis }: Chart, height: number, parts: readonly string[]): string {
  const heading = escapeMarkup(`${title}: ${unit} by ${axis}`);
  const name = `<text class="axis" x="${(WIDTH + LEFT) / 2}" y="${height - 8}" text-anchor="middle">${escapeMarkup(axis)}</text>`;
  return `<svg class="chart" role="img" viewBox="0 0 ${WIDTH} ${height}" aria-label="${heading}">${parts.join('')}${name}</svg>`;
}

function valueAxis(scale: Scale, y: (value: number) => number): string[] {
  return ticks(scale).map(
    (value) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(y(value))}" y2="${at(y(value))}"/><text x="${LEFT - 8}" y="${at(y(value) + 4)}" text-anchor="end">${label(value)}</text>`,
  );
}

function categoryLabels(categories: readonly string[]): string[] {
  return categories.map((name, n) => {
    const x = LEFT + ((n + 0.5) / categories.length) * (WIDTH - LEFT - RIGHT);
    return `<text x="${at(x)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escapeMarkup(name)}</text>`;
  });
}

function tip(series: string, category: string, value: number): string {
  return `<title>${escapeMarkup(`${series}, ${category}: ${value.toFixed(4)}`)}</title>`;
}

interface Scale {
  step: number;
  steps: number;
}

/** Scale from 0 to the largest value or above, in at most five steps of 1, 2, 2.5 or 5 times a power of ten. */
function scaleOf(values: readonly number[]): Scale {
  const largest = Math.max(...values.filter(Number.isFinite), 1e-6);
  const power = 10 ** Math.floor(Math.log10(largest / MAX_STEPS));
  const step = power * ([1, 2, 2.5, 5].find((factor) => factor * power * MAX_STEPS >= largest * (1 - 1e-9)) ?? 10);
  return { step, steps: Math.ceil(largest / step - 1e-9) };
}

function topOf({ step, steps }: Scale): number {
  return step * steps;
}

function ticks({ step, steps }: Scale): number[] {
  return Array.from({ length: steps + 1 }, (_, n) => step * n);
}

function label(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
