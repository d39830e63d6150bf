import type { Plugin } from 'vite';
import { documentManifest, generatedDocuments } from './document-manifest.ts';

const CALL = /\bgraphql\(\s*`\s*(query|mutation|fragment)\s+(\w+)[^`]*`,?\s*\)/g;

/**
 * Replaces each graphql() call by its document. Otherwise every page would load a table of all operations. Codegen has a Babel plugin for
 * this; here it needs no Babel. An operation carries its hash, which the pages send in place of its text; documents.json has the texts for
 * the server.
 */
export function inlineDocuments(): Plugin {
  return {
    name: 'inline-documents',
    apply: 'build',
    transform: {
      filter: { id: /\/client\/src\/.*\.tsx?$/, code: 'graphql(`' },
      handler(code) {
        // Codegen changes the case of names: MovieCard_movie becomes MovieCard_MovieFragmentDoc.
        const documents = new Map(generatedDocuments().map((document) => [document.name.toLowerCase(), document]));
        const inlined = code.replace(CALL, (_call, kind: string, name: string) => {
          const document = documents.get(`${name}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`.toLowerCase());
          if (document === undefined) throw new Error(`${kind} ${name} is not generated: run "npm run codegen"`);
          const { json, hash } = document;
          return hash === undefined ? json : json.replace('{', `{"hash":${JSON.stringify(hash)},`);
        });
        return { code: inlined, map: null };
      },
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'documents.json', source: JSON.stringify(documentManifest()) });
    },
  };
}
