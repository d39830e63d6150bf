import { barChart, type Chart, legend, lineChart, rowChart } from './charts.ts';
import { figure, knownFigure, pageRows, shufflesOf, withInterval } from './markdown.ts';
import { escapeMarkup } from './markup.ts';
import { GENRE_DEPTH, METRICS, PROFILE_SIZES } from './measure.ts';
import type { Results } from './results.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #5c6675; --grid: #dfe3e8; --paper: #fff;
  --c0: #7a7f87; --c1: #0b6bcb; --c2: #c2410c; --c3: #15803d; --c4: #7e22ce; --c5: #a16207; --c6: #be185d; --c7: #0e7490; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #a3adba; --grid: #333b47; --paper: #14181e;
  --c0: #9aa1ab; --c1: #5eb0ff; --c2: #fb8b55; --c3: #5fd08a; --c4: #c791ff; --c5: #e0b64a; --c6: #ff7fb5; --c7: #55cbe0; } }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; margin-bottom: .25rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .25rem; } p { margin: .25rem 0 .75rem; max-width: 46rem; }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem; border-bottom: 1px solid var(--grid); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
td small { display: block; color: var(--soft); }
.best { font-weight: 700; }
.chart { width: 100%; height: auto; }
.chart text { font-size: 12px; fill: var(--soft); }
.chart .axis { fill: var(--ink); }
.chart .grid { stroke: var(--grid); }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; padding: 0; margin: .25rem 0; }
.key { width: .8rem; height: .8rem; margin-right: .4rem; }
${Array.from({ length: 8 }, (_, n) => `.c${n} rect, .c${n} circle { fill: var(--c${n}); } .c${n} line, .c${n} polyline { stroke: var(--c${n}); stroke-width: 2; fill: none; }`).join('\n')}
`;

/** The report as one self-contained page without scripts, fonts or external resources. All text is escaped. */
export function toHtml(results: Results): string {
  const { models, counts } = results;
  const title = `${results.protocol}: ${results.ratings}`;
  const counted = `${number(counts.users)} ${results.users} users, ${number(counts.targets)} relevant movies among ${number(counts.candidates)}; trained on ${number(counts.trainingUsers)} users and ${number(counts.trainingLikes)} likes; seed ${results.seed}${shufflesOf(results)}.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeMarkup(title)}</h1>
<p>${escapeMarkup(results.about)}</p>
<p class="soft">${escapeMarkup(counted)} 95 % bootstrap intervals over users. docs/research/evaluation.md defines every measure.</p>
<h2>Accuracy, all fold-in likes known</h2>
${table(
  ['model', ...METRICS.map(capital)],
  models.map(({ model, accuracy }) => [model, ...METRICS.map((metric) => accuracy.all[metric])]),
)}
<h2>Accuracy by number of known likes</h2>
<p>NDCG@100 when the model knows 1, 3, 5, 10 or all likes of the fold-in. The relevant movies stay the same.</p>
${withLegend(lineChart, profileSizeChart(results))}
${table(
  ['model', ...PROFILE_SIZES],
  models.map(({ model, accuracy }) => [model, ...PROFILE_SIZES.map((size) => accuracy[size]['ndcg@100'])]),
)}
${
  models.length < 2
    ? ''
    : `<h2>Difference to popularity</h2>\n<p>NDCG@100 minus popularity’s, user by user. The difference is significant when the interval does not contain 0.</p>\n${table(
        ['model', ...PROFILE_SIZES],
        models.slice(1).map(({ model, overPopularity }) => [model, ...PROFILE_SIZES.map((size) => overPopularity[size])]),
      )}`
}
<h2>Long tail</h2>
<p>The candidates in ten groups of equal size, most popular first: share of each group that is on at least one first page of 20.</p>
${withLegend(barChart, longTailChart(results))}
<h2>The first page</h2>
<p>Coverage: share of the candidates on at least one page. Novelty: self-information in bits. Diversity: 1 minus the cosine of the genres of two movies. Genre mismatch: divergence of the page’s genres from those of the fold-in likes. Popularity lift: how much more popular the page is than the fold-in likes.</p>
${table(
  ['model', 'coverage', 'novelty', 'diversity', 'genre mismatch', 'popularity lift'],
  models.map(({ model, beyond }) => [
    model,
    figure(beyond.coverage),
    beyond.novelty.toFixed(2),
    knownFigure(beyond.diversity),
    knownFigure(beyond.genreMismatch),
    beyond.popularityLift.toFixed(2),
  ]),
)}
<h2>The first page by number of known likes</h2>
<p>Share of the places that the 1 % and the 100 most popular candidates have; share of a page that another viewer’s page has too; lift: how many times likelier a movie is liked by those who share a like.</p>
${table(['model', 'likes', 'of the 1 %', 'of the 100', 'overlap', 'mean rank', 'lift'], pageRows(models))}
${models[0].byGenre.length === 0 ? '' : `<h2>By genre</h2>\n<p>Share of the relevant movies that are among the first ${GENRE_DEPTH}; their number is in brackets.</p>\n${withLegend(rowChart, genreChart(results))}`}
</body>
</html>
`;
}

function profileSizeChart({ models }: Results): Chart {
  return {
    title: 'Accuracy by number of known likes',
    unit: 'NDCG@100',
    axis: 'known likes',
    categories: PROFILE_SIZES,
    series: models.map(({ model, accuracy }) => ({
      name: model,
      values: PROFILE_SIZES.map((size) => accuracy[size]['ndcg@100'].mean),
      ranges: PROFILE_SIZES.map((size) => accuracy[size]['ndcg@100']),
    })),
  };
}

function longTailChart({ models }: Results): Chart {
  return {
    title: 'Long-tail coverage',
    unit: 'share of the group on at least one page',
    axis: 'tenth of the movies, most popular first (share of all likes)',
    categories: models[0].beyond.byPopularity.map(({ likes }, n) => `${n + 1} (${(100 * likes).toFixed(1)} %)`),
    series: models.map(({ model, beyond }) => ({ name: model, values: beyond.byPopularity.map(({ coverage }) => coverage) })),
  };
}

function genreChart({ models }: Results): Chart {
  return {
    title: 'By genre',
    unit: `share found among the first ${GENRE_DEPTH}`,
    axis: 'genre',
    categories: models[0].byGenre.map(({ genre, targets }) => `${genre} (${number(targets)})`),
    series: models.map(({ model, byGenre }) => ({ name: model, values: byGenre.map(({ found }) => found) })),
  };
}

function withLegend(draw: (chart: Chart) => string, chart: Chart): string {
  return `${legend(chart.series)}${draw(chart)}`;
}

type Cell = string | { mean: number; low: number; high: number };

/** The best mean of each column is bold. */
function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const best = head.map((_, j) => Math.max(...rows.map((row) => meanOf(row[j]))));
  const body = rows.map(
    (row) => `<tr>${row.map((cell, j) => `<td>${html(cell, rows.length > 1 && meanOf(cell) === best[j])}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${head.map((name) => `<th>${escapeMarkup(name)}</th>`).join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function html(cell: Cell, isBest: boolean): string {
  if (typeof cell === 'string') return escapeMarkup(cell);
  const interval = withInterval(cell);
  const mean = figure(cell.mean);
  return `<span${isBest ? ' class="best"' : ''}>${mean}</span><small>${escapeMarkup(interval.slice(mean.length + 2, -1))}</small>`;
}

function meanOf(cell: Cell): number {
  return typeof cell === 'string' ? Number.NaN : cell.mean;
}

function capital(metric: string): string {
  return metric.replace('ndcg', 'NDCG');
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
