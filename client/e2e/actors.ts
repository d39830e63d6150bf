import type { Size, Stage, Visit } from './stage.ts';

/** Who the journeys are made by. */
export interface Actors {
  stage(): Stage;
  /** Somebody who has never been here. */
  visitor(size: Size): Promise<Visit>;
  /** A guest with films on the list, the last of FILMS on top. */
  listedGuest(size: Size): Promise<Visit>;
}

export const FILMS: readonly string[] = ['2571', '1', '260', '296', '318', '593'];
