import { useSuspenseQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/index.ts';
import { useDates } from '../../language/useDates.ts';

const InvitationQuery = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      email
      expiresAt
    }
  }
`);

/** What the invitation of a link is good for; null when it is over. */
export function useInvitation(token: string) {
  return useSuspenseQuery(InvitationQuery, { variables: { token }, fetchPolicy: 'network-only' }).data.invitation ?? null;
}

export function InvitationNote({ expiresAt }: { expiresAt: string }) {
  const { t } = useTranslation();
  const dates = useDates();
  return <p>{t('account.invited', { date: dates.dayAndTime(expiresAt) })}</p>;
}
