/** Asked every few seconds by what runs and watches the server: no work for anybody. */
export const PROBE_ROUTES: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);
