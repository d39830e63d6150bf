/** Where browsers find the server and its files. */
export interface PublicPlace {
  /** The path below which the server is served, as `/films`; empty at the root of a host. */
  basePath: string;
  /** The server that browsers load the files of the pages from, as `https://cdn.example`; undefined: this one. */
  assetsUrl: string | undefined;
}

/** An address of the build's documents, which are the same wherever they are served: "./assets/main.js". */
const ASSET = /(?<=["'])(?:\.\.?\/)+assets\//g;
const BASE_PATH = '<meta name="base-path" content="" />';

/** "/films/home" -> "/home". Addresses outside the base path stay: some proxies take it off, and probes need not know it. */
export function withoutBasePath(url: string, basePath: string): string {
  if (!url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest.startsWith('/')) return rest;
  return rest === '' || rest.startsWith('?') ? `/${rest}` : url;
}

/** A document of the build with the addresses of its files, and with the base path for its scripts. */
export function placedDocument(html: string, { basePath, assetsUrl }: PublicPlace): string {
  return html
    .replace(ASSET, () => `${assetsUrl ?? basePath}/assets/`)
    .replace(BASE_PATH, () => BASE_PATH.replace('content=""', `content="${basePath}"`) + installLinks(basePath));
}

/** What a browser needs to install the web app. These files have no hash in their names, so the build does not know them. */
function installLinks(basePath: string): string {
  return `<link rel="manifest" href="${basePath}/manifest.webmanifest" /><link rel="apple-touch-icon" href="${basePath}/icon-180.png" />`;
}

/** Two routes must not share an address: with `/home` as the base path, "/home" could be either page. */
export function refuseOwnRoute(route: string, basePath: string): void {
  if (basePath === '' || (route !== basePath && !route.startsWith(`${basePath}/`))) return;
  throw new BasePathError(`BASE_PATH=${basePath}: CineMatch has an address of its own there (${route}); choose another path`);
}

export class BasePathError extends Error {}
