import type { Interval } from './bootstrap.ts';
import { METRICS, PROFILE_SIZES } from './measure.ts';
import type { Results } from './results.ts';

/** The tables of a report as Markdown. */
export function toMarkdown(results: Results): string {
  const { models, counts } = results;
  const names = models.map(({ model }) => model);
  return [
    `# ${results.protocol}: ${results.ratings}`,
    '',
    results.about,
    '',
    `${counts.users} ${results.users} users, ${counts.targets} relevant movies among ${counts.candidates}; trained on ${counts.trainingUsers} users and ${counts.trainingLikes} likes; seed ${results.seed}${shufflesOf(results)}. 95 % bootstrap intervals over users.`,
    '',
    table(
      ['model', ...METRICS],
      models.map(({ model, accuracy }) => [model, ...METRICS.map((metric) => withInterval(accuracy.all[metric]))]),
    ),
    '',
    'NDCG@100 by number of known likes:',
    '',
    table(
      ['model', ...PROFILE_SIZES],
      models.map(({ model, accuracy }) => [model, ...PROFILE_SIZES.map((size) => withInterval(accuracy[size]['ndcg@100']))]),
    ),
    '',
    'NDCG@100 minus popularity’s, on the same users:',
    '',
    table(
      ['model', ...PROFILE_SIZES],
      models.slice(1).map(({ model, overPopularity }) => [model, ...PROFILE_SIZES.map((size) => withInterval(overPopularity[size]))]),
    ),
    '',
    'Stratified NDCG@100 (a target counts likes^-0.5) by number of known likes:',
    '',
    table(
      ['model', ...PROFILE_SIZES],
      models.map(({ model, accuracy }) => [model, ...PROFILE_SIZES.map((size) => withInterval(accuracy[size]['stratified-ndcg@100']))]),
    ),
    '',
    'Its sensitivity: NDCG@100 with targets that count likes^-β, by number of known likes:',
    '',
    table(
      ['model', 'β', ...PROFILE_SIZES],
      models.flatMap(({ model, byBeta }) =>
        byBeta.map(({ beta, ndcg }) => [model, String(beta), ...PROFILE_SIZES.map((size) => figure(ndcg[size]))]),
      ),
    ),
    '',
    'The first 20 places, by number of known likes:',
    '',
    table(
      ['model', 'likes', 'of the 1 % most popular', 'of the 100 most popular', 'overlap', 'mean popularity rank', 'lift'],
      pageRows(models),
    ),
    '',
    'The first 20 places, all fold-in likes known:',
    '',
    table(
      ['model', 'coverage', 'novelty, bits', 'diversity', 'genre mismatch', 'popularity lift'],
      models.map(({ model, beyond }) => [
        model,
        figure(beyond.coverage),
        beyond.novelty.toFixed(2),
        knownFigure(beyond.diversity),
        knownFigure(beyond.genreMismatch),
        beyond.popularityLift.toFixed(2),
      ]),
    ),
    ...(models[0].byGenre.length === 0
      ? []
      : [
          '',
          'Share of the relevant movies that are among the first 50, by genre:',
          '',
          table(
            ['genre', 'relevant movies', ...names],
            models[0].byGenre.map(({ genre, targets }, g) => [
              genre,
              String(targets),
              ...models.map(({ byGenre }) => figure(byGenre[g].found)),
            ]),
          ),
        ]),
    '',
  ].join('\n');
}

/** A figure that needs genres. */
export function knownFigure(value: number | null): string {
  return value === null ? 'not known' : figure(value);
}

/** How often each user was asked, for the head of a report; empty for once. */
export function shufflesOf({ shuffles }: Pick<Results, 'shuffles'>): string {
  return shuffles === 1
    ? '. One shuffle of the likes has a standard deviation of about .005, more than most differences: see --shuffles'
    : `; the mean of ${shuffles} shuffles of the likes`;
}

/** One row for each model and profile size: what the first pages consist of. */
export function pageRows(models: Results['models']): string[][] {
  return models.flatMap(({ model, pages }) =>
    PROFILE_SIZES.map((size) => {
      const { topPercent, top100, overlap, meanRank, lift } = pages[size];
      return [model, size, figure(topPercent), figure(top100), figure(overlap), meanRank.toFixed(0), lift === null ? '' : lift.toFixed(2)];
    }),
  );
}

/** Four decimals, never rounded up. */
export function figure(value: number): string {
  return (Math.floor(value * 1e4 + 1e-9) / 1e4).toFixed(4);
}

export function withInterval({ mean, low, high }: Interval): string {
  return `${figure(mean)} (${figure(low)} to ${figure(high)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `| --- |${' ---: |'.repeat(head.length - 1)}`, ...rows.map(line)].join('\n');
}
