import { useLocation } from 'react-router';

interface WayBack {
  back: string;
}

/** For a link to the sign-in page: the state that leads back to the current page. */
export function useWayBackHere(): WayBack {
  const { pathname, search } = useLocation();
  return { back: pathname + search };
}

/** On the pages of signing in: where the link came from, else the home page. */
export function useWayBack(): WayBack {
  const state: unknown = useLocation().state;
  const back = typeof state === 'object' && state !== null && 'back' in state ? state.back : undefined;
  return { back: typeof back === 'string' ? back : '/home' };
}
