import type { Page } from 'playwright-core';
import type { ExpectStatic } from 'vitest';
import type { Actors } from './actors.ts';
import { refuse } from './refuse.ts';
import type { Visit } from './stage.ts';

/** The mutations of a group that is shared. */
export const GROUP_REFUSALS: Record<string, (scene: { actors: Actors; expect: ExpectStatic }) => Promise<void>> = {
  async CreateSharedGroup({ actors, expect }) {
    const { page } = await actors.visitor('desktop');
    await page.goto('/together?p=2571~Ada&p=1~Ben');
    const answer = await refuse(page, 'CreateSharedGroup');
    await page.getByRole('button', { name: 'Share with the group' }).click();
    await answer();
    await page.getByRole('alert').getByText(NOT_SHARED).waitFor();
    expect(new URL(page.url()).search).toBe('?p=2571~Ada&p=1~Ben');
  },

  async ChangeSharedGroup({ actors, expect }) {
    const { visit, page, id } = await openGroup(actors);
    const answer = await refuse(page, 'ChangeSharedGroup');
    await page.getByRole('button', { name: 'Best on average' }).click();
    await answer();
    await page.getByRole('alert').getByText(NOT_SHARED).waitFor();
    expect(await visit.query('query ($id: ID!) { sharedGroup(id: $id) { strategy } }', { id })).toEqual({
      sharedGroup: { strategy: 'LEAST_MISERY' },
    });
  },

  async VoteInSharedGroup({ actors, expect }) {
    const { visit, page, id } = await openGroup(actors);
    const vote = page.getByRole('button', { name: /^Vote for this/ }).first();
    await vote.waitFor();
    const answer = await refuse(page, 'VoteInSharedGroup');
    await vote.click();
    await answer();
    await page.getByRole('alert').getByText(NOT_SHARED).waitFor();
    expect(await visit.query('query ($id: ID!) { sharedGroup(id: $id) { votes { count } } }', { id })).toEqual({
      sharedGroup: { votes: [] },
    });
  },
};

const NOT_SHARED = 'That couldn’t be saved. Please try again.';

async function openGroup(actors: Actors): Promise<{ visit: Visit; page: Page; id: string }> {
  const visit = await actors.listedGuest('desktop');
  const members = [
    { name: 'Ada', movieIds: ['2571'] },
    { name: 'Ben', movieIds: ['1'] },
  ];
  const made = await visit.query<{ createSharedGroup: { id: string } }>(
    'mutation ($group: SharedGroupInput!) { createSharedGroup(group: $group) { id } }',
    { group: { members, strategy: 'LEAST_MISERY', services: [] } },
  );
  const id = made?.createSharedGroup.id ?? '';
  await visit.page.goto(`/together?group=${id}`);
  return { visit, page: visit.page, id };
}
