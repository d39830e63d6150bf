import { embyEvent } from './emby-event.ts';
import { jellyfinEvent } from './jellyfin-event.ts';
import { HookFormatError, type MediaEvent } from './media-event.ts';
import { objectOf } from './payload-values.ts';
import { plainEvent } from './plain-event.ts';
import { plexEvent } from './plex-event.ts';

/** Reads what a media server sent; the fields tell which one it is. Throws a HookFormatError. */
export function readPayload(body: unknown): MediaEvent {
  const payload = objectOf(body);
  if (Object.keys(payload).length === 0) throw new HookFormatError('body: is no JSON object; expected an event of a media server');
  if (typeof payload.NotificationType === 'string') return jellyfinEvent(payload);
  if (typeof payload.Event === 'string') return embyEvent(payload);
  const isPlex = typeof payload.event === 'string' && (payload.Metadata !== undefined || payload.Account !== undefined);
  return isPlex ? plexEvent(payload) : plainEvent(payload);
}
