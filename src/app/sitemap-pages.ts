import type { SitemapPages } from '../http/sitemap-route.ts';
import { answerVersion, type Snapshot } from '../recommendations/snapshot.ts';

/** Pages for everybody. The others show what a viewer keeps. */
const FOR_EVERYBODY = ['/', '/tonight', '/home', '/together'];

/** The pages for everybody, and one for each movie that is shown. */
export function sitemapPages(snapshot: Snapshot): SitemapPages {
  const { catalog } = snapshot;
  return {
    version: answerVersion(snapshot),
    size: FOR_EVERYBODY.length + catalog.size,
    pathAt(place) {
      if (place < FOR_EVERYBODY.length) return FOR_EVERYBODY[place];
      const row = place - FOR_EVERYBODY.length;
      return catalog.isHidden(row) ? undefined : `/movie/${catalog.id(catalog.indexAt(row))}`;
    },
  };
}
