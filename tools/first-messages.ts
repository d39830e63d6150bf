import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const QUERY = '?first';
/** The parts of a locale that the landing page, and what it shares with other pages, can show. */
const FIRST = ['comma', 'explanation', 'footer', 'genres', 'landing', 'language', 'nav', 'retry', 'theme', 'why'];

/** `import messages from './en.json?first'`: the messages of the landing page alone, which would otherwise load those of every page. */
export function firstMessages(): Plugin {
  return {
    name: 'first-messages',
    enforce: 'pre',
    load: {
      filter: { id: /\.json\?first$/ },
      handler(id) {
        const messages: Record<string, unknown> = JSON.parse(readFileSync(id.slice(0, -QUERY.length), 'utf8'));
        const first = Object.fromEntries(Object.entries(messages).filter(([name]) => FIRST.includes(name)));
        return { code: `export default ${JSON.stringify(first)}`, moduleType: 'js', map: null };
      },
    },
  };
}
