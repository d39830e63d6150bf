import type { Page } from 'playwright-core';
import { mayMove } from './layout-shifts.ts';

/** One state of a page to check: the page itself, or something open on it. */
export interface State {
  name: string;
  path: string;
  open?: (page: Page) => Promise<void>;
  /** A selector for the part to check, when another state already covers the rest. */
  part?: string;
  /** Undoes `open`, for the states that follow on the same page. */
  close?: (page: Page) => Promise<void>;
}

/** Only who has no session gets it. */
export const LANDING_STATE: State = { name: 'landing', path: '/' };

const HISTORY =
  'Date,Name,Year,Letterboxd URI,Rating\n2024-01-01,Alien,1979,x,5\n2024-01-02,The Matrx,1999,x,4.5\n2024-01-03,Nothing Of The Kind At All,1901,x,4\n';

/**
 * Selectors use places and roles instead of words, because the states are checked in each language. A state with the same path as the one
 * before it reuses the open page.
 */
export const STATES: readonly State[] = [
  { name: 'welcome', path: '/welcome' },
  { name: 'tonight', path: '/tonight' },
  { name: 'home', path: '/home' },
  dialog('home-why', '/home', 'section[aria-busy] article > div > button'),
  dialog('home-filters', '/home', 'main button[aria-haspopup=dialog]'),
  {
    name: 'home-search',
    path: '/home',
    part: 'header',
    open: async (page) => {
      await page.locator('header [role=combobox]').fill('the g');
      await page.locator('header [role=option]').nth(3).waitFor();
    },
    close: (page) => page.keyboard.press('Escape'),
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
  {
    name: 'home-filtered',
    path: '/home?genre=western&from=1960&to=1979&max=180&service=any',
    part: 'main > div > section:first-of-type',
  },
  { name: 'home-none', path: '/home?genre=western&from=2020&to=2021&max=60', part: 'main > div > section:last-of-type' },
  { name: 'results', path: '/search?q=the' },
  { name: 'movie', path: '/movie/2571' },
  { name: 'watchlist', path: '/watchlist' },
  dialog('watchlist-pick', '/watchlist', 'main button:has(> .lucide-dices)'),
  dialog('watchlist-share', '/watchlist', 'main button:has(> .lucide-share-2)'),
  { name: 'list-ended', path: '/lists/none' },
  {
    name: 'watchlist-selected',
    path: '/watchlist',
    part: 'main section',
    open: async (page) => {
      await page.getByRole('checkbox').nth(1).click();
      await page.getByRole('checkbox').nth(2).click();
    },
  },
  { name: 'watchlist-none', path: '/watchlist?status=watched' },
  { name: 'together-begun', path: '/together' },
  {
    name: 'together',
    path: '/together?p=2571.260~Ada&p=1.318~Ben',
    open: (page) => page.locator('ol h3').nth(5).waitFor(),
  },
  { name: 'opinions', path: '/opinions' },
  { name: 'opinions-liked', path: '/opinions?show=liked' },
  { name: 'profile', path: '/profile' },
  dialog('profile-delete', '/profile', 'main section:last-child div > button:last-child'),
  {
    name: 'profile-import',
    path: '/profile',
    part: 'section:has(details)',
    open: async (page) => {
      await mayMove(page);
      await page.locator('input[type=file]').setInputFiles({ name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(HISTORY) });
      await page.locator('details').first().click();
    },
  },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'forgot-password', path: '/forgot-password' },
  { name: 'verify-email', path: '/verify-email' },
  { name: 'sign-up', path: '/sign-up' },
  {
    name: 'server-down',
    path: '/sign-up',
    part: '[role=status]',
    open: async (page) => {
      await page.route('**/graphql', (route) => route.abort());
      await page.locator('nav a[href="/together"]').click();
      await page.locator('[role=status] button').waitFor();
    },
    close: (page) => page.unroute('**/graphql'),
  },
  { name: 'not-found', path: '/no-such-page' },
  {
    name: 'offline',
    path: '/no-such-page',
    part: '[role=status]',
    open: async (page) => {
      await page.context().setOffline(true);
      await page.locator('nav a[href="/watchlist"]').click();
      await page.locator('[role=status] button').waitFor();
    },
    close: async (page) => {
      await page.context().setOffline(false);
      // Until then the browser may still log a failed request.
      await page.locator('[role=status] button').waitFor({ state: 'detached' });
    },
  },
];

function dialog(name: string, path: string, button: string): State {
  return {
    name,
    path,
    part: 'dialog',
    open: async (page) => {
      await page.locator(button).first().click();
      await page.getByRole('dialog').locator('h2').waitFor();
      await page.locator('dialog [class*=skeleton]').waitFor({ state: 'detached' });
    },
    close: async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  };
}
