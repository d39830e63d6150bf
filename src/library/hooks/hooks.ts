import { InputError, quoted } from '../../input-error.ts';
import type { LibraryDependencies, Viewer } from '../dependencies.ts';
import { type Hook, type HookEvent, SERVER } from './hook-store.ts';
import { createToken } from './hook-token.ts';
import { MAX_NAME } from './payload-values.ts';

type Library = Pick<LibraryDependencies, 'library'>;

/** The token is returned once. */
export interface NewHook {
  token: string;
  hook: Hook;
}

/** Makes the viewer's hook, in place of the one before. Events of other users than `mediaUser` are left out; null: of nobody. */
export function createHook(dependencies: Library, { userId }: Viewer, mediaUser: string | null): Promise<NewHook> {
  return makeHook(dependencies, userId, readMediaUser(mediaUser));
}

/** Makes the hook of the whole server, in place of the one before. */
export function createServerHook(dependencies: Library): Promise<NewHook> {
  return makeHook(dependencies, SERVER, null);
}

export async function setHookUser({ library }: Library, { userId }: Viewer, mediaUser: string | null): Promise<Hook> {
  const hook = await library.hooks.setMediaUser(userId, readMediaUser(mediaUser));
  if (hook === undefined) throw new InputError('mediaUser', 'cannot be set: there is no hook; make one first');
  return hook;
}

/** The events of the viewer's hook and of the server's, newest first. */
export function hookEvents({ library }: Library, { userId }: Viewer, first: number, offset: number): Promise<HookEvent[]> {
  return library.hooks.events(userId, first, offset);
}

/** The events of the server's hook that have no profile, newest first. */
export function serverHookEvents({ library }: Library, first: number, offset: number): Promise<HookEvent[]> {
  return library.hooks.events(SERVER, first, offset);
}

async function makeHook({ library }: Library, owner: string, mediaUser: string | null): Promise<NewHook> {
  const { token, ...stored } = createToken();
  const hook = { start: stored.start, mediaUser, createdAt: new Date() };
  await library.hooks.create(owner, { ...hook, tokenHash: stored.tokenHash });
  return { token, hook };
}

function readMediaUser(text: string | null): string | null {
  const name = text?.replaceAll('\0', '').trim() ?? '';
  if (name.length <= MAX_NAME) return name || null;
  throw new InputError('mediaUser', `is ${quoted(name)}; at most ${MAX_NAME} characters are allowed`, { max: MAX_NAME });
}
