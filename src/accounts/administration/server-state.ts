import type { Workload } from '../../metrics/workload/workload.ts';
import type { Storage } from './storage.ts';

/** What admins see of the server itself. */
export interface ServerState {
  workload: Pick<Workload, 'report'>;
  storage: Pick<Storage, 'report'>;
  release: { version: string; changes: string };
}
