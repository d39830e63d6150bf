import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const GENERATED = fileURLToPath(new URL('../client/src/generated/graphql.ts', import.meta.url));
const DOCUMENT = /^export const (\w+) = (\{"kind":"Document".*\}) as unknown as DocumentNode/gm;
const CALL = /\bgraphql\(\s*`\s*(query|mutation|fragment)\s+(\w+)[^`]*`,?\s*\)/g;

/**
 * Replaces each graphql() call by its document. Otherwise every page would load a table of all operations. Codegen has a Babel plugin for
 * this; here it needs no Babel.
 */
export function inlineDocuments(): Plugin {
  return {
    name: 'inline-documents',
    apply: 'build',
    transform: {
      filter: { id: /\/client\/src\/.*\.tsx?$/, code: 'graphql(`' },
      handler(code) {
        // Codegen changes the case of names: MovieCard_movie becomes MovieCard_MovieFragmentDoc.
        const documents = new Map(
          [...readFileSync(GENERATED, 'utf8').matchAll(DOCUMENT)].map(([, name, json]) => [name.toLowerCase(), json]),
        );
        const inlined = code.replace(CALL, (_call, kind: string, name: string) => {
          const document = documents.get(`${name}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`.toLowerCase());
          if (document === undefined) throw new Error(`${kind} ${name} is not in ${GENERATED}: run "npm run codegen"`);
          return document;
        });
        return { code: inlined, map: null };
      },
    },
  };
}
