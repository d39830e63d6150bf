import type { Page } from 'playwright-core';
import type { ExpectStatic } from 'vitest';
import type { Actors, Journey } from './actors.ts';
import { GROUP_REFUSALS } from './group-refusals.ts';
import { mayMove } from './layout-shifts.ts';
import { NEWS_REFUSALS } from './news.journey.ts';
import { forgive } from './pages.journey.ts';
import { BROKEN, refuse } from './refuse.ts';
import { SHARING_REFUSALS } from './sharing.journey.ts';
import type { Visit } from './stage.ts';

interface Scene {
  actors: Actors;
  expect: ExpectStatic;
}

/** For each mutation of the web app: the server refuses it, the page says so and shows again what is stored. */
export const REFUSALS: Record<string, (scene: Scene) => Promise<void>> = {
  async SetFeedback({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    await page.goto('/movie/2571');
    const like = page.getByRole('button', { name: 'Like The Matrix', exact: true });
    await like.waitFor();
    const answer = await refuse(page, 'SetFeedback');
    await like.click();
    await like.and(page.getByRole('button', { pressed: true })).waitFor();
    await answer();
    await page.getByRole('alert').getByText('That couldn’t be saved: The Matrix').waitFor();
    await like.and(page.getByRole('button', { pressed: false })).waitFor();
    expect(await visit.query('{ viewer { likedMovies { id } } }')).toEqual({ viewer: { likedMovies: [] } });
  },

  async RateMovie({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    await page.goto('/movie/2571');
    const stars = page.getByRole('slider', { name: 'Your stars for The Matrix', exact: true });
    await stars.waitFor();
    const answer = await refuse(page, 'RateMovie');
    await stars.press('4');
    await answer();
    await page.getByRole('alert').getByText('That couldn’t be saved: The Matrix').waitFor();
    await expect.poll(() => stars.getAttribute('aria-valuetext')).toBe('not rated');
    expect(await visit.query('{ movie(id: "2571") { viewerRating } }')).toEqual({ movie: { viewerRating: null } });
  },

  ...GROUP_REFUSALS,
  ...SHARING_REFUSALS,
  ...NEWS_REFUSALS,

  async UndoImport({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    await visit.query('mutation { importHistory(text: "Name,Year,Rating\\nAlien,1979,5", source: LETTERBOXD_RATINGS) { likes } }');
    await page.goto('/profile');
    const undo = page.getByRole('button', { name: 'Undo the import of text' });
    await undo.waitFor();
    const answer = await refuse(page, 'UndoImport');
    await undo.click();
    await answer();
    await page.getByRole('alert').getByText('That import couldn’t be undone.').waitFor();
    expect(await visit.query('{ viewer { ratings { totalCount } } }')).toEqual({ viewer: { ratings: { totalCount: 1 } } });
  },

  async CreateHook({ actors, expect }) {
    const { visit, page } = await openMediaServers(actors, 'create');
    const answer = await refuse(page, 'CreateHook');
    await page.getByRole('button', { name: 'Make an address' }).click();
    await answer();
    await page.getByRole('alert').getByText('That couldn’t be saved. Nothing has changed.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await visit.query('{ viewer { hook { start } } }')).toEqual({ viewer: { hook: null } });
  },

  async SetHookUser({ actors, expect }) {
    const { visit, page } = await openMediaServers(actors, 'set', 'Ann');
    const answer = await refuse(page, 'SetHookUser');
    await page.getByLabel('Your name at the media server (optional)').fill('Ben');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await answer();
    await page.getByRole('alert').getByText('That couldn’t be saved. Nothing has changed.').waitFor();
    expect(await visit.query('{ viewer { hook { mediaUser } } }')).toEqual({ viewer: { hook: { mediaUser: 'Ann' } } });
  },

  async RevokeHook({ actors, expect }) {
    const { visit, page } = await openMediaServers(actors, 'revoke', 'Ann');
    const answer = await refuse(page, 'RevokeHook');
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await answer();
    await page.getByRole('alert').getByText('That couldn’t be saved. Nothing has changed.').waitFor();
    expect(await page.getByText('The address is revoked.').count()).toBe(0);
    await page.getByRole('button', { name: 'Revoke', exact: true }).waitFor();
    expect(await visit.query('{ viewer { hook { mediaUser } } }')).toEqual({ viewer: { hook: { mediaUser: 'Ann' } } });
  },

  async AddToWatchlist({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    await visit.query('mutation { removeFromWatchlist(movieIds: ["2571"]) }');
    await toggleRefused(visit, expect, { operation: 'AddToWatchlist', listed: false });
  },

  async TakeOffWatchlist({ actors, expect }) {
    await toggleRefused(await actors.listedGuest('desktop'), expect, { operation: 'TakeOffWatchlist', listed: true });
  },

  async PutBack({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    await page.goto('/movie/2571');
    const mark = page.getByRole('button', { name: 'The Matrix on the watchlist' });
    await mark.click();
    await expect.poll(() => listedIds(visit)).not.toContain('2571');
    const answer = await refuse(page, 'PutBack');
    await page.getByRole('listitem').filter({ hasText: 'off your watchlist' }).getByRole('button', { name: 'Undo' }).click();
    await mark.and(page.getByRole('button', { pressed: true })).waitFor();
    await answer();
    await page.getByRole('alert').getByText('Your watchlist couldn’t be changed: The Matrix').waitFor();
    await mark.and(page.getByRole('button', { pressed: false })).waitFor();
    expect(await listedIds(visit)).not.toContain('2571');
  },

  async RemoveEntries({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    const { titles, before } = await openWatchlist(page);
    const answer = await refuse(page, 'RemoveEntries');
    await page.getByRole('button', { name: `Remove ${before[0]}`, exact: true }).click();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before.slice(1));
    await answer();
    await page.getByRole('alert').getByText('That didn’t work. Your list is unchanged.').waitFor();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before);
    expect(await listedIds(visit)).toHaveLength(before.length);
  },

  async RestoreEntries({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    const { titles, before } = await openWatchlist(page);
    await page.getByRole('button', { name: `Remove ${before[0]}`, exact: true }).click();
    await expect.poll(() => listedIds(visit)).toHaveLength(before.length - 1);
    const answer = await refuse(page, 'RestoreEntries');
    await page.getByRole('listitem').filter({ hasText: 'Removed from your list' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before);
    await answer();
    await page.getByRole('alert').getByText('That didn’t work. Your list is unchanged.').waitFor();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before.slice(1));
    expect(await listedIds(visit)).toHaveLength(before.length - 1);
  },

  async SetWatched({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    const { titles, before } = await openWatchlist(page, '?status=to-watch');
    const answer = await refuse(page, 'SetWatched');
    await page.getByRole('button', { name: `Mark ${before[0]} watched`, exact: true }).click();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before.slice(1));
    await answer();
    await page.getByRole('alert').getByText('That didn’t work. Your list is unchanged.').waitFor();
    await expect.poll(() => titles.allInnerTexts()).toEqual(before);
    await page.getByRole('button', { name: `Mark ${before[0]} watched`, exact: true }).waitFor();
    expect(await visit.query('{ viewer { watchlist(status: WATCHED) { totalCount } } }')).toEqual({
      viewer: { watchlist: { totalCount: 0 } },
    });
  },

  async SavePreferences({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    await page.goto('/profile');
    const genre = page.getByRole('button', { name: 'Sci-Fi', exact: true });
    await genre.waitFor();
    const answer = await refuse(page, 'SavePreferences');
    await genre.click();
    await genre.and(page.getByRole('button', { pressed: true })).waitFor();
    await answer();
    await page.getByRole('alert').getByText('That couldn’t be saved. Nothing has changed.').waitFor();
    await genre.and(page.getByRole('button', { pressed: false })).waitFor();
    const learn = page.getByRole('checkbox', { name: 'Learn from what I do' });
    const answerAgain = await refuse(page, 'SavePreferences');
    await learn.uncheck();
    await answerAgain();
    await expect.poll(() => learn.isChecked()).toBe(true);
    const stored = await visit.query('{ viewer { preferences { preferredGenres { id } learnFromMe region } } }');
    expect(stored).toEqual({ viewer: { preferences: { preferredGenres: [], learnFromMe: true, region: null } } });
  },

  async ClearFeedback({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    await visit.query('mutation { setFeedback(movieId: "1", signal: LIKE) { id } }');
    await page.goto('/profile');
    await page.getByRole('button', { name: 'Reset likes and dislikes' }).click();
    const dialog = page.getByRole('dialog');
    const answer = await refuse(page, 'ClearFeedback');
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
    await answer();
    await dialog.getByRole('alert').getByText('That didn’t work. Please try again.').waitFor();
    expect(await page.getByText('Likes and dislikes are reset').count()).toBe(0);
    expect(await visit.query('{ viewer { likedMovies { id } } }')).toEqual({ viewer: { likedMovies: [{ id: '1' }] } });
  },

  async ImportHistory({ actors, expect }) {
    const visit = await actors.listedGuest('desktop');
    const { page } = visit;
    const file = {
      name: 'ratings.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Alien,1979,x,5\n'),
    };
    await page.goto('/profile');
    const input = page.locator('input[type=file]');
    const choose = async () => {
      await input.setInputFiles(file);
      await page.getByRole('button', { name: 'Import 1 film' }).waitFor();
    };
    for (const { extensions, message } of [
      { extensions: { code: 'BAD_USER_INPUT', argument: 'text', max: 1_000 }, message: 'Your lists are full.' },
      { extensions: { code: 'TIMEOUT' }, message: 'The server is too busy for this import' },
      { extensions: BROKEN, message: 'The import didn’t work. Nothing more was imported.' },
    ]) {
      await choose();
      const answer = await refuse(page, 'ImportHistory', extensions);
      await page.getByRole('button', { name: 'Import 1 film' }).click();
      await answer();
      await page.getByRole('alert').getByText(message).waitFor();
      await page.unroute('/graphql');
    }
    // The file can be chosen again, and nothing of it was taken.
    await choose();
    expect(await visit.query('{ viewer { likedMovies { id } } }')).toEqual({ viewer: { likedMovies: [] } });
  },

  async MarkSeen({ actors, expect }) {
    const { visit, title, seen, shown } = await openTonight(actors);
    const first = await shown();
    const answer = await refuse(visit.page, 'MarkSeen');
    await seen.click();
    await expect.poll(shown).not.toBe(first);
    await answer();
    await visit.page.getByRole('alert').getByText(`Your watchlist couldn’t be changed: ${first}`).waitFor();
    await title.and(visit.page.getByRole('heading', { name: first })).waitFor();
    expect(await watchedTitles(visit)).toEqual([]);
  },

  async UnmarkSeen({ actors, expect }) {
    await undoSeenRefused(actors, expect, { operation: 'UnmarkSeen', listed: true });
  },

  async ForgetSeen({ actors, expect }) {
    await undoSeenRefused(actors, expect, { operation: 'ForgetSeen', listed: false });
  },

  async SaveLike({ actors, expect }) {
    const visit = await actors.visitor('desktop');
    await visit.beGuest();
    const { page } = visit;
    await page.goto('/welcome');
    const movies = page.getByRole('region', { name: 'Pick at least three films you like' });
    for (let n = 0; n < 3; n++) await movies.getByRole('button', { pressed: false }).nth(n).click();
    await page.getByText('3 films picked').waitFor();
    const answer = await refuse(page, 'SaveLike');
    const finish = page.getByRole('button', { name: 'Show my films' });
    await finish.click();
    await expect.poll(() => finish.isDisabled()).toBe(true);
    await answer();
    await page.getByRole('alert').getByText('That couldn’t be saved. Please try again.').waitFor();
    await expect.poll(() => finish.isDisabled()).toBe(false);
    expect(new URL(page.url()).pathname).toBe('/welcome');
    expect(await movies.getByRole('button', { pressed: true }).count()).toBe(3);
    expect(await visit.query('{ viewer { likedMovies { id } } }')).toEqual({ viewer: { likedMovies: [] } });
  },
};

export function refusalJourneys(it: Journey): void {
  it('a server without guests leads a visitor who likes a film to the sign-in, and says why', async ({ actors, expect }) => {
    const visit = await actors.visitor('desktop');
    const { page } = visit;
    await page.route('**/api/auth/sign-in/anonymous', (route) => route.fulfill({ status: 403, json: { code: 'GUESTS_OFF' } }));
    await page.goto('/movie/2571');
    await page.getByRole('button', { name: 'Like The Matrix', exact: true }).click();
    await page.waitForURL('**/sign-in?error=GUESTS_OFF');
    await page.getByText('This server takes no guests. Sign in to keep something.').waitFor();
    forgive(visit, /403/);
    expect(await visit.query('{ viewer { id } }')).toEqual({ viewer: null });
  }, 30_000);

  for (const [mutation, scene] of Object.entries(REFUSALS)) it(`the server refuses ${mutation}`, scene, 30_000);
}

/** The profile of a new account, with a hook for this user of a media server. */
async function openMediaServers(actors: Actors, name: string, mediaUser?: string) {
  const visit = await actors.visitor('desktop');
  const email = `hook-${name}-${Date.now()}@films.example`;
  await visit.signUp(name, email);
  await visit.signIn(email);
  if (mediaUser !== undefined)
    await visit.query('mutation ($mediaUser: String) { createHook(mediaUser: $mediaUser) { token } }', { mediaUser });
  const { page } = visit;
  await page.goto('/profile');
  await page.getByRole('heading', { name: 'Media servers' }).waitFor();
  return { visit, page };
}

/** The page of tonight's film, which changes its content when a film was seen. */
async function openTonight(actors: Actors) {
  const visit = await actors.visitor('desktop');
  await visit.beGuest();
  const { page } = visit;
  await page.goto('/tonight');
  const movie = page.getByRole('article');
  const title = movie.getByRole('heading', { level: 2 });
  await title.waitFor();
  await mayMove(page);
  return { visit, movie, title, seen: movie.getByRole('button', { name: 'Seen it' }), shown: () => title.innerText() };
}

async function watchedTitles(visit: Visit): Promise<string[]> {
  const data = await visit.query<{ viewer: { watchlist: { nodes: { movie: { title: string } }[] } } }>(
    '{ viewer { watchlist(status: WATCHED) { nodes { movie { title } } } } }',
  );
  return data?.viewer.watchlist.nodes.map(({ movie }) => movie.title) ?? [];
}

async function undoSeenRefused(
  actors: Actors,
  expect: ExpectStatic,
  { operation, listed }: { operation: string; listed: boolean },
): Promise<void> {
  const { visit, movie, seen, shown } = await openTonight(actors);
  const { page } = visit;
  const first = await shown();
  if (listed) {
    await movie.getByRole('button', { name: 'Keep for later' }).click();
    await expect.poll(async () => (await listedIds(visit)).length).toBe(1);
  }
  await seen.click();
  const notice = page.getByRole('listitem').filter({ hasText: `${first} is marked as seen` });
  await notice.waitFor();
  const next = await shown();
  const answer = await refuse(page, operation);
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(shown).toBe(first);
  await answer();
  await page.getByRole('alert').getByText(`Your watchlist couldn’t be changed: ${first}`).waitFor();
  await expect.poll(shown).toBe(next);
  expect(await watchedTitles(visit)).toEqual([first]);
}

async function toggleRefused(
  visit: Visit,
  expect: ExpectStatic,
  { operation, listed }: { operation: string; listed: boolean },
): Promise<void> {
  const { page } = visit;
  await page.goto('/movie/2571');
  const mark = page.getByRole('button', { name: 'The Matrix on the watchlist' });
  await mark.and(page.getByRole('button', { pressed: listed })).waitFor();
  const answer = await refuse(page, operation);
  await mark.click();
  await mark.and(page.getByRole('button', { pressed: !listed })).waitFor();
  await answer();
  await page.getByRole('alert').getByText('Your watchlist couldn’t be changed: The Matrix').waitFor();
  await mark.and(page.getByRole('button', { pressed: listed })).waitFor();
  expect((await listedIds(visit)).includes('2571')).toBe(listed);
}

/** The watchlist, whose entries may move: one that the server keeps comes back into the list. */
async function openWatchlist(page: Page, search = '') {
  await page.goto(`/watchlist${search}`);
  const titles = page.locator('main li h2');
  await titles.nth(5).waitFor();
  await mayMove(page);
  return { titles, before: await titles.allInnerTexts() };
}

async function listedIds(visit: Visit): Promise<string[]> {
  const data = await visit.query<{ viewer: { watchlist: { nodes: { movie: { id: string } }[] } } }>(
    '{ viewer { watchlist { nodes { movie { id } } } } }',
  );
  return data?.viewer.watchlist.nodes.map(({ movie }) => movie.id) ?? [];
}
