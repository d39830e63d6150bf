/** Groups of one user that are kept. The one that changed longest ago goes. */
export const MAX_GROUPS_OF_A_USER = 20;
/** Groups of all users that are kept. */
export const MAX_GROUPS = 10_000;
export const MAX_GROUP_MEMBERS = 8;
export const MAX_MEMBER_NAME = 30;
export const MAX_MEMBER_MOVIES = 30;
export const MAX_GROUP_SERVICES = 50;
/** Everybody with the link may vote. Further voters are refused. */
export const MAX_VOTERS = 20;
export const MAX_VOTES_OF_A_VOTER = 10;

export interface GroupMember {
  name: string;
  /** As the API writes them. */
  movieIds: string[];
}

/** What everybody with the link may change. */
export interface GroupPlan {
  members: GroupMember[];
  strategy: 'LEAST_MISERY' | 'AVERAGE';
  /** Ids of services. Empty: any. */
  services: string[];
  runtimeMax: number | null;
}

export interface Voter {
  key: string;
  movieIds: string[];
}

export interface SharedGroup {
  /** 128 bits, which nobody guesses: who knows it has the link. */
  id: string;
  /** Rises by one with each change. */
  version: number;
  plan: GroupPlan;
  voters: Voter[];
}

/** Groups by id. A write is one transaction. */
export interface GroupStore {
  /** Deletes those that go beyond the bounds, those that changed longest ago first. */
  create(userId: string, group: Pick<SharedGroup, 'id' | 'plan'>, at: Date): Promise<SharedGroup>;
  find(id: string): Promise<SharedGroup | undefined>;
  /** What the groups that the user made look for, the last changed first. */
  plansOf(userId: string): Promise<GroupPlan[]>;
  /** Writes the group as the version after its own. False when that was written meanwhile. */
  replace(group: SharedGroup, at: Date): Promise<boolean>;
}
