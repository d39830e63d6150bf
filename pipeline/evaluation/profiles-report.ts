import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import type { Likes } from '../data/likes.ts';
import { meanOf } from '../data/mean.ts';
import { CoLikers } from './co-likers.ts';
import type { NamedTrainer } from './compare-models.ts';
import { pagesForLittleKnown } from './little-known-likes.ts';
import { LIST, listsOfProfiles, type ProfileList, type WrittenProfile } from './written-profiles.ts';

export interface ProfilesReport {
  trainers: readonly NamedTrainer[];
  profiles: readonly WrittenProfile[];
  catalog: readonly CatalogRow[];
  /** All likes: the models are trained on them as `train` does it. */
  likes: Likes;
  seed: number;
}

/**
 * Prints, for each model, the share of relatives among the first movies for each profile, and what pages for one and for three little-known
 * likes consist of. Returns these figures and the lists as Markdown.
 */
export async function reportProfiles(
  { trainers, profiles, catalog, likes, seed }: ProfilesReport,
  { log }: PipelineContext,
): Promise<string> {
  const movies = catalog.length;
  const coLikers = new CoLikers(likes, movies);
  const parts = [...new Set(profiles.flatMap(({ part }) => part ?? []))];
  const all: { name: string; lists: ProfileList[] }[] = [];
  const table = [
    `| model | relatives |${parts.map((part) => ` ${part} |`).join('')} 1 like: of the 100 | overlap | rank | 3 likes: of the 100 | overlap | rank |`,
    `| --- |${' ---: |'.repeat(7 + parts.length)}`,
  ];
  for (const line of table) log(line);
  for (const { name, train } of trainers) {
    const ranker = await train();
    const lists = listsOfProfiles(ranker, profiles, catalog);
    const ofParts = [lists, ...parts.map((part) => lists.filter((list) => list.part === part))];
    const pages = [1, 3].map((count) => pagesForLittleKnown(ranker, { likes, coLikers, movies, seed }, count));
    const cells = [
      ...ofParts.map((some) => meanOf(some.map(({ relatives }) => relatives)).toFixed(3)),
      // Small data may have nobody with such likes.
      ...pages.flatMap(({ top100, overlap, meanRank }) =>
        Number.isNaN(meanRank) ? ['-', '-', '-'] : [top100.toFixed(2), overlap.toFixed(2), meanRank.toFixed(0)],
      ),
    ];
    const line = `| ${name} | ${cells.join(' | ')} |`;
    log(line);
    table.push(line);
    all.push({ name, lists });
  }
  const counts = [
    `| profile |${all.map(({ name }) => ` ${name} |`).join('')}`,
    `| --- |${' ---: |'.repeat(all.length)}`,
    ...all[0].lists.map(({ name }, n) => `| ${name} |${all.map(({ lists }) => ` ${Math.round(lists[n].relatives * LIST)} |`).join('')}`),
  ];
  return [...table, '', ...counts, '', ...all[0].lists.map((_, n) => profileTable(all, n, catalog))].join('\n');
}

function profileTable(all: readonly { name: string; lists: ProfileList[] }[], n: number, catalog: readonly CatalogRow[]): string {
  const titleOf = (row: number): string => `${catalog[row].title} (${catalog[row].year ?? 'year unknown'})`.replaceAll('|', '\\|');
  const rows = all.map(({ name, lists }) => {
    const { relatives, list } = lists[n];
    return `| ${name} | ${Math.round(relatives * LIST)} | ${list.map(titleOf).join(', ')} |`;
  });
  return [`### ${all[0].lists[n].name}`, '', `| model | of ${LIST} | |`, '| --- | ---: | --- |', ...rows, ''].join('\n');
}
