import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureSnapshot } from '../../../test/fixture-release.ts';
import { ask } from '../../../test/running-app.ts';
import { type ViewerApp, viewerApp } from '../../../test/viewer-app.ts';

const GROUP = '{ id version members { name movieIds } strategy services runtimeMax votes { movieId count mine } }';
const CREATE = `mutation ($group: SharedGroupInput!) { createSharedGroup(group: $group) ${GROUP} }`;
const CHANGE = `mutation ($id: ID!, $version: Int!, $group: SharedGroupInput!) {
  changeSharedGroup(id: $id, version: $version, group: $group) { saved group ${GROUP} }
}`;
const VOTE = `mutation ($id: ID!, $movieId: ID!, $vote: Boolean!) { voteInSharedGroup(id: $id, movieId: $movieId, vote: $vote) ${GROUP} }`;
const READ = `query ($id: ID!) { sharedGroup(id: $id) ${GROUP} }`;
const MATRIX = '2571';
const ALIEN = '1214';
const PLAN = {
  members: [
    { name: 'Ann', movieIds: [MATRIX, MATRIX] },
    { name: ' Ben ', movieIds: ['tmdb-7'] },
  ],
  strategy: 'AVERAGE',
  services: ['Netflix'],
  runtimeMax: 120,
};

interface Group {
  id: string;
  version: number;
  members: { name: string; movieIds: string[] }[];
  votes: { movieId: string; count: number; mine: boolean }[];
}

describe('a shared group', () => {
  let app: ViewerApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await viewerApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  const create = async (): Promise<Group> =>
    (await app.viewer().ask<{ createSharedGroup: Group }>(CREATE, { group: PLAN })).createSharedGroup;
  const read = async (id: string, viewer = app.viewer()): Promise<Group> =>
    (await viewer.ask<{ sharedGroup: Group }>(READ, { id })).sharedGroup;

  it('is there for whoever has its id, with tidy names, ids and services', async () => {
    const { id, ...made } = await create();
    expect(id).toMatch(/^[\w-]{22}$/);
    const members = [
      { name: 'Ann', movieIds: [MATRIX] },
      { name: 'Ben', movieIds: ['tmdb-7'] },
    ];
    expect(made).toEqual({ version: 1, members, strategy: 'AVERAGE', services: ['netflix'], runtimeMax: 120, votes: [] });
    // Without a session.
    expect(await ask<{ sharedGroup: Group }>(app, READ, { id })).toEqual({ sharedGroup: { id, ...made } });
    expect(await read('AAAAAAAAAAAAAAAAAAAAAA')).toBeNull();
  });

  it('takes the change of who read the latest version, and shows it to who did not', async () => {
    const { id } = await create();
    const alone = { ...PLAN, members: [{ name: 'Cid', movieIds: [ALIEN] }] };
    const change = async (version: number, group: object) =>
      (await app.viewer().ask<{ changeSharedGroup: { saved: boolean; group: Group } }>(CHANGE, { id, version, group })).changeSharedGroup;
    expect(await change(1, alone)).toMatchObject({ saved: true, group: { version: 2, members: alone.members } });
    expect(await change(1, PLAN)).toMatchObject({ saved: false, group: { version: 2, members: alone.members } });
    expect(await read(id)).toMatchObject({ version: 2, members: alone.members });
    expect(await app.viewer().ask(CHANGE, { id: 'none', version: 1, group: PLAN })).toEqual({ changeSharedGroup: null });
  });

  it('counts a vote of each viewer, and keeps votes through a change', async () => {
    const { id } = await create();
    const [ann, ben] = [app.viewer(), app.viewer()];
    await ann.ask(VOTE, { id, movieId: ALIEN, vote: true });
    await ann.ask(VOTE, { id, movieId: ALIEN, vote: true });
    await Promise.all([ben.ask(VOTE, { id, movieId: ALIEN, vote: true }), ann.ask(VOTE, { id, movieId: MATRIX, vote: true })]);
    expect((await read(id, ben)).votes).toEqual([
      { movieId: ALIEN, count: 2, mine: true },
      { movieId: MATRIX, count: 1, mine: false },
    ]);
    const { version } = await read(id);
    await ann.ask(CHANGE, { id, version, group: PLAN });
    await ann.ask(VOTE, { id, movieId: MATRIX, vote: false });
    expect((await read(id, ann)).votes).toEqual([{ movieId: ALIEN, count: 2, mine: true }]);
  });

  it('has bounds for votes and voters', async () => {
    const { id } = await create();
    const ann = app.viewer();
    for (let n = 1; n <= 10; n++) await ann.ask(VOTE, { id, movieId: String(n), vote: true });
    expect(await ann.refusal(VOTE, { id, movieId: '11', vote: true })).toMatchObject({ extensions: { argument: 'movieId', max: 10 } });
    for (let n = 2; n <= 20; n++) await app.viewer().ask(VOTE, { id, movieId: '1', vote: true });
    expect(await app.viewer().refusal(VOTE, { id, movieId: '1', vote: true })).toMatchObject({ extensions: { argument: 'id', max: 20 } });
  });

  it.each<[string, object]>([
    ['group.members', { members: [] }],
    ['group.members', { members: Array(9).fill(PLAN.members[0]) }],
    ['group.members[0].name', { members: [{ name: 'x'.repeat(31), movieIds: [] }] }],
    ['group.members[0].name', { members: [{ name: 'a\u202eb', movieIds: [] }] }],
    ['group.members[1].movieIds', { members: [PLAN.members[0], { name: '', movieIds: Array(31).fill('1') }] }],
    ['group.members[0].movieIds[1]', { members: [{ name: '', movieIds: ['1', '<b>'] }] }],
    ['group.services[0]', { services: ['Netflicks'] }],
    ['group.services', { services: Array(51).fill('netflix') }],
    ['group.runtimeMax', { runtimeMax: 0 }],
    ['group.runtimeMax', { runtimeMax: 1_001 }],
  ])('is refused with a wrong %s', async (argument, change) => {
    expect(await app.viewer().refusal(CREATE, { group: { ...PLAN, ...change } })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', argument },
    });
  });
});
