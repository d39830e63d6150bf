import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const ID = /\.json\?(first|main|settings)$/;
/** The parts of a locale that the landing page, and what it shares with other pages, can show. */
const FIRST = ['comma', 'explanation', 'footer', 'genres', 'landing', 'language', 'nav.profile', 'nav.signIn', 'retry', 'theme', 'why'];
/** The parts of pages that few visits open. */
export const SETTINGS: readonly string[] = ['account', 'import', 'mediaServers', 'owner', 'profile'];
/** What the header shows of these parts. */
export const IN_HEADER: readonly string[] = ['profile.guestName'];

interface Messages {
  [name: string]: string | Messages;
}

/**
 * `import messages from './en.json?first'`: the messages of the landing page alone; `?settings`: those of SETTINGS; `?main`: all others. No
 * page then loads the messages of every page.
 */
export function messageParts(): Plugin {
  return {
    name: 'message-parts',
    enforce: 'pre',
    load: {
      filter: { id: ID },
      handler(id) {
        const [path = '', part] = id.split('?');
        const messages: Messages = JSON.parse(readFileSync(path, 'utf8'));
        const all = Object.keys(messages);
        const wanted = part === 'first' ? FIRST : part === 'settings' ? SETTINGS : [...all.filter(isMain), ...IN_HEADER];
        return { code: `export default ${JSON.stringify(partOf(messages, wanted))}`, moduleType: 'js', map: null };
      },
    },
  };
}

function isMain(name: string): boolean {
  return !SETTINGS.includes(name);
}

function partOf(messages: Messages, wanted: readonly string[], prefix = ''): Messages {
  const kept = Object.entries(messages).flatMap(([name, value]) => {
    const path = prefix + name;
    if (wanted.includes(path)) return [[name, value] as const];
    return typeof value === 'object' && wanted.some((one) => one.startsWith(`${path}.`))
      ? [[name, partOf(value, wanted, `${path}.`)] as const]
      : [];
  });
  return Object.fromEntries(kept);
}
