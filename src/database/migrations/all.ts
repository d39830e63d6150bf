import type { Migration } from '../migrate.ts';
import { library } from './1-library.ts';

/** In the order they are applied. */
export const MIGRATIONS: readonly Migration[] = [library];
