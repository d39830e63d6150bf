import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_CHANGES = 20_000;

export interface OwnRelease {
  version: string;
  /** The newest part of the changelog, as Markdown. */
  changes: string;
}

/** Of the sources in this folder. */
export function releaseOf(project: string): OwnRelease {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
  const [, newest = ''] = readFileSync(join(project, 'CHANGELOG.md'), 'utf8').split(/^## /m);
  return { version, changes: newest.slice(0, MAX_CHANGES).trim() };
}

/** The release that runs: as the build wrote it beside the server, or of the sources. */
export function ownRelease(): OwnRelease {
  const built = new URL('release.json', import.meta.url);
  if (existsSync(built)) return JSON.parse(readFileSync(built, 'utf8')) as OwnRelease;
  return releaseOf(fileURLToPath(new URL('../..', import.meta.url)));
}
