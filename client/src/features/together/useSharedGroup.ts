import { useMutation, useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharedGroup_GroupFragment as SharedGroup } from '../../generated/graphql.ts';
import { getFragmentData, graphql } from '../../generated/index.ts';
import { useToast } from '../../ui/Toast.tsx';
import type { Group } from './group.ts';

const SharedGroup_group = graphql(`
  fragment SharedGroup_group on SharedGroup {
    id
    version
    members {
      name
      movieIds
    }
    strategy
    services
    runtimeMax
    votes {
      movieId
      count
      mine
    }
  }
`);

export const SharedGroupQuery = graphql(`
  query SharedGroup($id: ID!) {
    sharedGroup(id: $id) {
      ...SharedGroup_group
    }
  }
`);

const SharedGroupVersionQuery = graphql(`
  query SharedGroupVersion($id: ID!) {
    sharedGroup(id: $id) {
      version
    }
  }
`);

const CreateSharedGroupMutation = graphql(`
  mutation CreateSharedGroup($group: SharedGroupInput!) {
    createSharedGroup(group: $group) {
      ...SharedGroup_group
    }
  }
`);

const ChangeSharedGroupMutation = graphql(`
  mutation ChangeSharedGroup($id: ID!, $version: Int!, $group: SharedGroupInput!) {
    changeSharedGroup(id: $id, version: $version, group: $group) {
      saved
      group {
        ...SharedGroup_group
      }
    }
  }
`);

const VoteInSharedGroupMutation = graphql(`
  mutation VoteInSharedGroup($id: ID!, $movieId: ID!, $vote: Boolean!) {
    voteInSharedGroup(id: $id, movieId: $movieId, vote: $vote) {
      ...SharedGroup_group
    }
  }
`);

/** Each open page asks so often for one number. The whole group is fetched only when that has changed. */
const CHECK_EVERY_MS = 4_000;
/** Somebody else may change the group each time. */
const MAX_ATTEMPTS = 4;

export type Edit = (group: Group) => Group;

/** The group with this id, kept up to date. Null: the page has none. */
export function useSharedGroup(id: string | null) {
  const { t } = useTranslation();
  const toast = useToast();
  const variables = { id: id ?? '' };
  const { data, error, refetch } = useQuery(SharedGroupQuery, { variables, skip: id === null });
  const shared = getFragmentData(SharedGroup_group, data?.sharedGroup);
  const { data: latest } = useQuery(SharedGroupVersionQuery, {
    variables,
    skip: id === null,
    // Within the cache, the new version would stand beside the old content.
    fetchPolicy: 'no-cache',
    pollInterval: CHECK_EVERY_MS,
    skipPollAttempt: () => document.hidden,
  });
  const newest = latest?.sharedGroup?.version;
  const known = shared?.version;
  useEffect(() => {
    if (newest !== undefined && known !== undefined && newest > known) refetch().catch(() => {});
  }, [newest, known, refetch]);
  const [create] = useMutation(CreateSharedGroupMutation);
  const [replace] = useMutation(ChangeSharedGroupMutation);
  const [castVote] = useMutation(VoteInSharedGroupMutation);
  const refused = (): void => toast({ message: t('notSaved'), urgent: true });

  /** Applies the edit to the group as it is by then. */
  const change = async (edit: Edit): Promise<void> => {
    let current = shared;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && current !== null && current !== undefined; attempt++) {
      const group = edit(planOf(current));
      const result = await replace({
        variables: { id: current.id, version: current.version, group: inputOf(group) },
      });
      const answer = result.data?.changeSharedGroup;
      if (answer === null || answer === undefined) break;
      if (answer.saved) return;
      current = getFragmentData(SharedGroup_group, answer.group);
    }
    refused();
  };

  return {
    /** Undefined while it is fetched; null when there is none. */
    shared: data === undefined ? undefined : (shared ?? null),
    error,
    change: (edit: Edit): void => void change(edit).catch(refused),
    /** Resolves to the id of a new group; undefined when it could not be made. */
    share: async (group: Group): Promise<string | undefined> => {
      try {
        const { data: made } = await create({ variables: { group: inputOf(group) } });
        return getFragmentData(SharedGroup_group, made?.createSharedGroup)?.id;
      } catch {
        refused();
        return undefined;
      }
    },
    vote: (movieId: string, wanted: boolean): void => {
      if (id !== null) void castVote({ variables: { id, movieId, vote: wanted } }).catch(refused);
    },
  };
}

function planOf({ members, strategy, services, runtimeMax }: SharedGroup): Group {
  return { members, strategy, services, runtimeMax: runtimeMax ?? null };
}

function inputOf({ members, strategy, services, runtimeMax }: Group) {
  return {
    members: members.map(({ name, movieIds }) => ({ name, movieIds: [...movieIds] })),
    strategy,
    services: [...services],
    runtimeMax,
  };
}
