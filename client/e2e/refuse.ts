import type { Page } from 'playwright-core';

export const BROKEN = { code: 'INTERNAL_SERVER_ERROR' };

/**
 * Has the next requests of one mutation refused, but only when `answer` is called: until then the page shows its optimistic result.
 * `answer` fails when there was no such request.
 */
export async function refuse(page: Page, operation: string, extensions: object = BROKEN): Promise<() => Promise<void>> {
  const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
  const { promise: asked, resolve: reportAsked } = Promise.withResolvers<void>();
  await page.route('/graphql', async (route) => {
    if (route.request().postData()?.includes(`"${operation}"`) !== true) return route.continue();
    reportAsked();
    await allowed;
    const headers = { 'content-type': 'application/graphql-response+json; charset=utf-8' };
    const errors = [{ message: 'Refused.', extensions }];
    return route.fulfill({ status: 200, headers, body: JSON.stringify({ errors, data: null }) });
  });
  return async () => {
    await asked;
    allow();
  };
}
