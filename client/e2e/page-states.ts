import type { Page } from 'playwright-core';

/** A page, or what opens on it, that is to be looked at. */
interface State {
  name: string;
  path: string;
  open?: (page: Page) => Promise<void>;
  /** What is new of it, where the rest is another state's. */
  part?: string;
  /** Puts back what the next page needs. */
  close?: (page: Page) => Promise<void>;
}

const HISTORY =
  'Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Alien,1979,x,5\n2024-01-02,The Matrx,1999,x,4.5\n2024-01-03,Nothing Of The Kind At All,1901,x,4\n';

/** By place and role, not by words: it is looked at in each language. */
export const STATES: readonly State[] = [
  { name: 'landing', path: '/' },
  { name: 'welcome', path: '/welcome' },
  { name: 'home', path: '/home' },
  {
    name: 'home-why',
    path: '/home',
    part: 'dialog',
    open: (page) => inDialog(page, 'section[aria-busy] article > div > button'),
  },
  { name: 'home-filters', path: '/home', part: 'dialog', open: (page) => inDialog(page, 'main button[aria-haspopup=dialog]') },
  { name: 'home-filtered', part: 'main > div > section:first-of-type', path: '/home?genre=western&from=1960&to=1979&max=180&service=any' },
  { name: 'home-none', path: '/home?genre=western&from=2020&to=2021&max=60' },
  {
    name: 'home-search',
    path: '/home',
    part: 'header',
    open: async (page) => {
      await page.locator('header [role=combobox]').fill('the g');
      await page.locator('header [role=option]').nth(3).waitFor();
    },
  },
  {
    name: 'home-dismissed',
    path: '/home',
    part: '[aria-live=polite]',
    open: async (page) => {
      await page.locator('section[aria-busy] article [data-signal=NOT_INTERESTED]').first().click();
      await page.locator('[aria-live] li button').first().waitFor();
    },
  },
  { name: 'movie', path: '/movie/2571' },
  { name: 'watchlist', path: '/watchlist' },
  {
    name: 'watchlist-selected',
    path: '/watchlist',
    part: 'main section',
    open: async (page) => {
      await page.getByRole('checkbox').nth(1).click();
      await page.getByRole('checkbox').nth(2).click();
    },
  },
  { name: 'watchlist-pick', path: '/watchlist', part: 'dialog', open: (page) => inDialog(page, 'main button:has(> .lucide-dices)') },
  { name: 'watchlist-none', path: '/watchlist?status=watched' },
  { name: 'together-begun', path: '/together' },
  {
    name: 'together',
    path: '/together?p=2571.260~Ada&p=1.318~Ben',
    open: (page) => page.locator('ol h3').nth(5).waitFor(),
  },
  { name: 'profile', path: '/profile' },
  {
    name: 'profile-import',
    path: '/profile',
    part: 'section:has(details)',
    open: async (page) => {
      await page.locator('input[type=file]').setInputFiles({ name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(HISTORY) });
      await page.locator('details').click();
    },
  },
  {
    name: 'profile-delete',
    path: '/profile',
    part: 'dialog',
    open: (page) => inDialog(page, 'main section:last-child div > button:last-child'),
  },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-up', path: '/sign-up' },
  { name: 'not-found', path: '/no-such-page' },
  {
    name: 'offline',
    path: '/home',
    part: '[role=status]',
    open: async (page) => {
      await page.context().setOffline(true);
      await page.locator('nav a[href="/watchlist"]').click();
      await page.locator('[role=status] button').waitFor();
    },
    close: (page) => page.context().setOffline(false),
  },
  {
    name: 'server-down',
    path: '/no-such-page',
    open: async (page) => {
      await page.route('**/graphql', (route) => route.abort());
      await page.locator('nav a[href="/together"]').click();
      await page.locator('[role=status] button').waitFor();
    },
    close: (page) => page.unroute('**/graphql'),
  },
];

async function inDialog(page: Page, button: string): Promise<void> {
  await page.locator(button).first().click();
  await page.getByRole('dialog').locator('h2').waitFor();
  await page.locator('dialog [class*=skeleton]').waitFor({ state: 'detached' });
}
