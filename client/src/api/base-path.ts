/** The path below which the server is served, as `/films`; empty at the root of a host. The server writes it into each document. */
export const BASE_PATH = document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? '';

/** The path of an address within the web app. */
export function pathWithin({ pathname }: Pick<URL, 'pathname'>): string {
  return pathname.slice(BASE_PATH.length) || '/';
}
