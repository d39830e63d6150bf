import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useMutation } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { browserSubscription, type PushSupport, pushSupport, subscribeBrowser, unsubscribeBrowser } from '../../api/push-browser.ts';
import type { PushSubscriptionInput } from '../../generated/graphql.ts';
import { graphql } from '../../generated/index.ts';
import { useToast } from '../../ui/Toast.tsx';

const NewsSubscriptionQuery = graphql(`
  query NewsSubscription($endpoint: String!) {
    viewer {
      id
      webPush(endpoint: $endpoint) {
        isSubscribed
        language
      }
    }
  }
`);

const SubscribeMutation = graphql(`
  mutation SubscribeToNews($subscription: PushSubscriptionInput!) {
    subscribeToPush(subscription: $subscription) {
      isSubscribed
    }
  }
`);

const UnsubscribeMutation = graphql(`
  mutation UnsubscribeFromNews($endpoint: String!) {
    unsubscribeFromPush(endpoint: $endpoint)
  }
`);

interface NewsSubscription {
  support: PushSupport;
  isOn: boolean;
  /** While the browser, the push service or the server is asked. */
  busy: boolean;
  turn(on: boolean): Promise<void>;
}

/**
 * For what ends the session and begins another one, as a change of the password does: messages to this browser would end with the session,
 * so they are asked for again in the new one.
 */
export function useKeepNews(): (change: () => Promise<void>) => Promise<void> {
  const { i18n } = useTranslation();
  const client = useApolloClient();
  return async (change) => {
    const subscription = await browserSubscription().catch(() => null);
    const known = subscription === null ? undefined : await knownNews(client, subscription).catch(() => undefined);
    await change();
    if (subscription === null || known?.isSubscribed !== true) return;
    const variables = { subscription: inputOf(subscription, i18n.language) };
    await client.mutate({ mutation: SubscribeMutation, variables }).catch(() => undefined);
  };
}

/** Whether this browser gets messages for the viewer, and the switch for it. */
export function useNewsSubscription(publicKey: string): NewsSubscription {
  const { t, i18n } = useTranslation();
  const client = useApolloClient();
  const toast = useToast();
  const [support, setSupport] = useState(pushSupport);
  const [isOn, setOn] = useState(false);
  const [busy, setBusy] = useState(support === 'usable');
  const [subscribe] = useMutation(SubscribeMutation);
  const [unsubscribe] = useMutation(UnsubscribeMutation);
  const send = useRef<(subscription: PushSubscription) => Promise<boolean>>(null);
  send.current = async (subscription) => {
    const variables = { subscription: inputOf(subscription, i18n.language) };
    const answer = await subscribe({ variables }).catch(() => undefined);
    return answer?.data?.subscribeToPush.isSubscribed === true;
  };
  useEffect(() => {
    let isShown = true;
    const look = async (): Promise<void> => {
      const subscription = await browserSubscription();
      if (subscription === null) return;
      const known = await knownNews(client, subscription);
      if (!isShown || known?.isSubscribed !== true) return;
      setOn(true);
      // Messages are written in the language of the page.
      if (known.language !== i18n.language) await send.current?.(subscription);
    };
    void look()
      .catch(() => undefined)
      .finally(() => isShown && setBusy(false));
    return () => {
      isShown = false;
    };
  }, [client, i18n.language]);
  const refused = (): void => toast({ message: t('notSaved'), urgent: true });
  const turnOn = async (): Promise<void> => {
    const subscription = await subscribeBrowser(publicKey);
    setSupport(pushSupport());
    if (subscription === null) return;
    if ((await send.current?.(subscription)) === true) return setOn(true);
    await unsubscribeBrowser();
    refused();
  };
  const turnOff = async (): Promise<void> => {
    const subscription = await browserSubscription();
    if (subscription !== null) {
      const answer = await unsubscribe({ variables: { endpoint: subscription.endpoint } }).catch(() => undefined);
      if (answer?.data == null) return refused();
      await unsubscribeBrowser();
    }
    setOn(false);
  };
  return {
    support,
    isOn,
    busy,
    async turn(on) {
      setBusy(true);
      await (on ? turnOn() : turnOff()).catch(refused);
      setBusy(false);
    },
  };
}

async function knownNews(client: ApolloClient, { endpoint }: PushSubscription) {
  const { data } = await client.query({ query: NewsSubscriptionQuery, variables: { endpoint }, fetchPolicy: 'no-cache' });
  return data?.viewer?.webPush;
}

function inputOf(subscription: PushSubscription, language: string): PushSubscriptionInput {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint ?? subscription.endpoint, p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '', language };
}
