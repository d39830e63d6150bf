import type { Catalog } from '../catalog/catalog.ts';
import type { LibraryStore } from './library-store.ts';

/** What the use cases of the library work with. */
export interface LibraryDependencies {
  library: LibraryStore;
  /** The catalog version that the request began with. */
  snapshot: { catalog: Catalog };
}

/** The user for whom a use case runs. The caller has checked what this user may do. */
export interface Viewer {
  userId: string;
  /** Guests keep less. */
  isGuest: boolean;
}
