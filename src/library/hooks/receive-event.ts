import { cluedMovie } from '../../catalog/clued-movie.ts';
import type { SearchableCatalog } from '../../catalog/searchable-catalog.ts';
import { InputError } from '../../input-error.ts';
import { movieRecord } from '../movie-record.ts';
import { type EventOutcome, type Hook, type HookStore, SERVER } from './hook-store.ts';
import { HookFormatError, type MediaEvent } from './media-event.ts';
import { readPayload } from './read-payload.ts';
import { userKey } from './sql-hook-store.ts';

export interface ReceiveDependencies {
  hooks: HookStore;
  snapshot: SearchableCatalog;
  /** Whether the profile may still be written: its account exists and is not disabled. */
  isActive(userId: string): Promise<boolean>;
}

/** An event about nothing, for a delivery that could not be read. */
const UNREAD: MediaEvent = {
  source: 'KODI',
  name: '',
  user: '',
  clues: { title: '', year: null, imdbId: null, tmdbId: null },
  at: null,
  key: null,
  says: {},
  problem: null,
};

/** Characters of a problem that are kept. */
const MAX_DETAIL = 300;

/** Takes one delivery of a media server. Throws an InputError when it cannot be read. */
export async function receiveEvent(
  { hooks, snapshot, isActive }: ReceiveDependencies,
  { owner, hook }: { owner: string; hook: Hook },
  body: unknown,
  at = new Date(),
): Promise<EventOutcome> {
  const event = await readEvent(hooks, owner, body, at);
  const userId = owner === SERVER ? await profileOf(hooks, event, at) : owner;
  if (userId === null) return event.problem ?? 'WAITING';
  if (!(await isActive(userId))) {
    const { source, name, user } = event;
    await hooks.note(owner, { ...UNREAD, source, name, user }, 'DISABLED', at);
    throw new InputError('user', 'has an account that is disabled');
  }
  if (owner !== SERVER && isOther(hook, event)) {
    const { source, name, user } = event;
    // The movies of others are none of this profile's business.
    const { outcome } = await hooks.note(userId, { ...UNREAD, source, name, user }, 'OTHER_USER', at);
    return outcome;
  }
  if (event.problem !== null) return (await hooks.note(userId, event, event.problem, at)).outcome;
  const index = await cluedMovie(snapshot, event.clues);
  if (index === undefined) return (await hooks.note(userId, event, 'WAITING', at)).outcome;
  return (await hooks.take(userId, event, movieRecord(snapshot.catalog, index), at)).outcome;
}

async function readEvent(hooks: HookStore, owner: string, body: unknown, at: Date): Promise<MediaEvent> {
  try {
    return readPayload(body);
  } catch (error) {
    if (!(error instanceof HookFormatError)) throw error;
    await noteUnread(hooks, owner, error.message, at);
    const [field, ...problem] = error.message.split(': ');
    throw new InputError(field, problem.join(': '));
  }
}

/** Lists a delivery that could not be read. */
export async function noteUnread(hooks: HookStore, owner: string, problem: string, at = new Date()): Promise<void> {
  await hooks.note(owner, UNREAD, 'UNREADABLE', at, problem.slice(0, MAX_DETAIL));
}

/** The profile of the user at the media server. Null: the event is kept for the profile that the owner will name. */
async function profileOf(hooks: HookStore, event: MediaEvent, at: Date): Promise<string | null> {
  const { source, name, user } = event;
  if (user === '') {
    const problem = new InputError('user', 'is missing; the hook of the server needs the name of the user at the media server');
    await hooks.note(SERVER, { ...UNREAD, source, name }, 'UNREADABLE', at, problem.message);
    throw problem;
  }
  const userId = await hooks.seeUser(source, user, at);
  if (userId !== null) return userId;
  await hooks.note(SERVER, event, event.problem ?? 'WAITING', at);
  // The owner may have said so meanwhile.
  const mapped = await hooks.seeUser(source, user, at);
  if (mapped !== null) await hooks.mapUser(source, user, mapped);
  return null;
}

function isOther({ mediaUser }: Hook, { user }: MediaEvent): boolean {
  return mediaUser !== null && user !== '' && userKey(user) !== userKey(mediaUser);
}
