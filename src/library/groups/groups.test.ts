import { beforeEach, describe, expect, it } from 'vitest';
import type { LibraryStore } from '../library-store.ts';
import { changeGroup, countVotes, createGroup, voteInGroup } from './groups.ts';
import {
  type GroupPlan,
  MAX_GROUP_MEMBERS,
  MAX_GROUP_SERVICES,
  MAX_MEMBER_MOVIES,
  MAX_MEMBER_NAME,
  MAX_VOTERS,
  MAX_VOTES_OF_A_VOTER,
  type SharedGroup,
} from './shared-group.ts';

const PLAN: GroupPlan = { members: [{ name: 'Ann', movieIds: ['1'] }], strategy: 'LEAST_MISERY', services: [], runtimeMax: null };
const SERVICE = { id: 'netflix', name: 'Netflix', index: 0, count: 1 };

let stored: SharedGroup | undefined;
/** Writes that another one is faster than. */
let races = 0;
let reads = 0;
const groups: LibraryStore['groups'] = {
  async create(_userId, { id, plan }) {
    stored = { id, version: 1, plan, voters: [] };
    return stored;
  },
  async find(id) {
    reads++;
    return stored?.id === id ? stored : undefined;
  },
  plansOf: async () => [],
  async replace(group) {
    if (stored === undefined || races-- > 0 || group.version !== stored.version) return false;
    stored = { ...group, version: group.version + 1 };
    return true;
  },
};
const parts = {
  library: { groups },
  snapshot: { catalog: { services: { find: (name: string) => (name === 'Netflix' ? SERVICE : undefined) } } },
} as unknown as Parameters<typeof createGroup>[0];
const create = (more: Partial<GroupPlan> = {}) => createGroup(parts, 'ann', { ...PLAN, ...more });
const member = (more: Partial<GroupPlan['members'][0]>) => create({ members: [PLAN.members[0], { name: 'Ben', movieIds: [], ...more }] });
const vote = (userId: string, movieId: string, isGiven = true) =>
  voteInGroup(parts, userId, { id: stored?.id ?? '', movieId, vote: isGiven });

beforeEach(() => {
  stored = undefined;
  races = 0;
  reads = 0;
});

describe('the plan of a group', () => {
  it('is stored with names without space around them, each movie once, and services by their ids', async () => {
    const { id, plan } = await create({
      members: [{ name: '  Ann ', movieIds: ['2', '1', '2', 'tmdb-7'] }],
      services: ['Netflix'],
      runtimeMax: 120,
    });
    expect(plan).toEqual({ ...PLAN, members: [{ name: 'Ann', movieIds: ['2', '1', 'tmdb-7'] }], services: ['netflix'], runtimeMax: 120 });
    expect(id).toMatch(/^[\w-]{22}$/);
  });

  it('has members, films, services and names up to a number', async () => {
    const one = PLAN.members[0];
    await create({ members: Array(MAX_GROUP_MEMBERS).fill(one) });
    await expect(create({ members: Array(MAX_GROUP_MEMBERS + 1).fill(one) })).rejects.toThrow('group.members: has');
    await expect(create({ members: [] })).rejects.toThrow(`group.members: has no entries; a group has from 1 to ${MAX_GROUP_MEMBERS}`);
    await create({ services: Array(MAX_GROUP_SERVICES).fill('Netflix') });
    await expect(create({ services: Array(MAX_GROUP_SERVICES + 1).fill('Netflix') })).rejects.toThrow('group.services: has');
    await member({ movieIds: Array(MAX_MEMBER_MOVIES).fill('1') });
    await expect(member({ movieIds: Array(MAX_MEMBER_MOVIES + 1).fill('1') })).rejects.toThrow('group.members[1].movieIds: has');
    await member({ name: 'x'.repeat(MAX_MEMBER_NAME) });
    await expect(member({ name: 'x'.repeat(MAX_MEMBER_NAME + 1) })).rejects.toThrow('group.members[1].name: is');
  });

  it('names what is wrong', async () => {
    for (const name of ['two\nlines', 'gpj.\u202eexe', 'a\0b']) await expect(member({ name })).rejects.toThrow('group.members[1].name: is');
    for (const id of ['', 'x', '12345678901', '1 ', 'tmdb-', 'imdb-1'])
      await expect(member({ movieIds: ['1', id] })).rejects.toThrow('group.members[1].movieIds[1]: is');
    await expect(create({ services: ['Netflix', 'None'] })).rejects.toThrow('group.services[1]: is "None"; no service has this id');
    for (const runtimeMax of [1, 1_000]) await create({ runtimeMax });
    for (const runtimeMax of [0, 1_001])
      await expect(create({ runtimeMax })).rejects.toThrow(`group.runtimeMax: is ${runtimeMax}; it must be from 1 to 1000`);
  });

  it('is changed by whoever knows its version', async () => {
    const { id } = await create();
    const plan: GroupPlan = { ...PLAN, strategy: 'AVERAGE' };
    expect(await changeGroup(parts, { id, version: 1, plan })).toMatchObject({ saved: true, group: { version: 2, plan } });
    expect(await changeGroup(parts, { id, version: 1, plan: PLAN })).toMatchObject({ saved: false, group: { version: 2, plan } });
    races = 1;
    expect(await changeGroup(parts, { id, version: 2, plan: PLAN })).toMatchObject({ saved: false, group: { version: 2, plan } });
    expect(await changeGroup(parts, { id: 'other', version: 2, plan })).toBeUndefined();
    await expect(changeGroup(parts, { id, version: 2, plan: { ...PLAN, members: [] } })).rejects.toThrow('group.members');
  });
});

describe('votes in a group', () => {
  beforeEach(async () => void (await create()));
  const counts = (userId?: string) =>
    stored === undefined ? [] : countVotes(stored, userId).map(({ movieId, count, mine }) => [movieId, count, mine]);

  it('are counted, most first, and each voter knows the own ones', async () => {
    await vote('ann', '1');
    expect(await vote('ben', '2')).toMatchObject({ version: 3 });
    await vote('ben', '1');
    await vote('ben', '1');
    await vote('cid', 'tmdb-3');
    expect(counts('ann')).toEqual([
      ['1', 2, true],
      ['2', 1, false],
      ['tmdb-3', 1, false],
    ]);
    expect(counts().map(([, , mine]) => mine)).toEqual([false, false, false]);
    await vote('ben', '1', false);
    expect(counts('ben')).toEqual([
      ['1', 1, false],
      ['tmdb-3', 1, false],
      ['2', 1, true],
    ]);
    // Who has no vote left is no voter.
    await vote('ben', '2', false);
    expect(stored?.voters.map(({ movieIds }) => movieIds)).toEqual([['1'], ['tmdb-3']]);
    expect(JSON.stringify(stored)).not.toContain('ann');
  });

  it('are at most so many of a voter, and of so many voters', async () => {
    for (let n = 1; n <= MAX_VOTES_OF_A_VOTER; n++) await vote('ann', String(n));
    await expect(vote('ann', '999')).rejects.toThrow(`movieId: is one vote too many; everybody has ${MAX_VOTES_OF_A_VOTER}`);
    await vote('ann', '1');
    for (let n = 2; n <= MAX_VOTERS; n++) await vote(`voter ${n}`, '1');
    await expect(vote('late', '1')).rejects.toThrow(`id: names a group in which ${MAX_VOTERS} people vote already`);
    await vote('late', '1', false);
    expect(stored?.voters).toHaveLength(MAX_VOTERS);
  });

  it('are written ten times at most against others', async () => {
    reads = 0;
    races = 9;
    expect(await vote('ann', '1')).toBeDefined();
    expect(reads).toBe(10);
    races = 10;
    await expect(vote('ann', '2')).rejects.toThrow('id: names a group that changes too fast; try again');
    expect(reads).toBe(20);
  });

  it('are for movies, and in a group that there is', async () => {
    for (const id of ['', 'x', '12345678901', '1\n2']) await expect(vote('ann', id)).rejects.toThrow('movieId: is');
    expect(await voteInGroup(parts, 'ann', { id: 'other', movieId: '1', vote: true })).toBeUndefined();
  });
});
