import type { MediaSource } from '../../../generated/graphql.ts';

/** Names of what sends events. */
export const MEDIA_SOURCES: Record<MediaSource, string> = { JELLYFIN: 'Jellyfin', EMBY: 'Emby', PLEX: 'Plex', KODI: 'Kodi' };
