import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const QUERY = '?first';
/** The parts of a locale that the landing page, and what it shares with other pages, can show. */
const FIRST = ['comma', 'explanation', 'footer', 'genres', 'landing', 'language', 'nav.profile', 'nav.signIn', 'retry', 'theme', 'why'];

interface Messages {
  [name: string]: string | Messages;
}

/** `import messages from './en.json?first'`: the messages of the landing page alone, which would otherwise load those of every page. */
export function firstMessages(): Plugin {
  return {
    name: 'first-messages',
    enforce: 'pre',
    load: {
      filter: { id: /\.json\?first$/ },
      handler(id) {
        const messages: Messages = JSON.parse(readFileSync(id.slice(0, -QUERY.length), 'utf8'));
        const first = JSON.stringify(firstOf(messages));
        return { code: `export default ${first}`, moduleType: 'js', map: null };
      },
    },
  };
}

function firstOf(messages: Messages, prefix = ''): Messages {
  const kept = Object.entries(messages).flatMap(([name, value]) => {
    const path = prefix + name;
    if (FIRST.includes(path)) return [[name, value] as const];
    return typeof value === 'object' && FIRST.some((first) => first.startsWith(`${path}.`))
      ? [[name, firstOf(value, `${path}.`)] as const]
      : [];
  });
  return Object.fromEntries(kept);
}
