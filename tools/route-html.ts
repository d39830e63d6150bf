import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

const ROUTE = /\/client\/src\/routes\/(\w+)\.tsx$/;
const APP = '/client/src/App.tsx';
const LANDING = 'Landing';

/**
 * Beside index.html a document for each page, which names all files that the page needs: the browser fetches them at once, instead of
 * learning of them one after the other from the code that it already has.
 */
export function pageDocuments(): Plugin {
  return {
    name: 'page-documents',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const html = bundle['index.html'];
      const app = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(APP));
      if (html?.type !== 'asset' || app === undefined) throw new Error(`no index.html, or no chunk of ${APP}`);
      const document = String(html.source);
      for (const chunk of chunks) {
        const [, page] = ROUTE.exec(chunk.facadeModuleId ?? '') ?? [];
        if (page === undefined) continue;
        const needed = page === LANDING ? filesOf(bundle, [chunk]) : filesOf(bundle, [app, chunk]);
        const links = [...needed].filter((file) => !document.includes(file)).map(linkTo);
        writeFileSync(join(dir, `${page}.html`), document.replace('</head>', `${links.join('')}</head>`));
      }
    },
  };
}

/** The chunks, what they import, and the styles of all of these. */
function filesOf(bundle: Bundle, chunks: readonly Rolldown.OutputChunk[], known = new Set<string>()): Set<string> {
  for (const { fileName, imports, viteMetadata } of chunks) {
    if (known.has(fileName)) continue;
    known.add(fileName);
    for (const style of viteMetadata?.importedCss ?? []) known.add(style);
    const imported = imports.map((name) => bundle[name]).filter((output) => output?.type === 'chunk');
    filesOf(bundle, imported, known);
  }
  return known;
}

function linkTo(file: string): string {
  return `<link rel="${file.endsWith('.css') ? 'stylesheet' : 'modulepreload'}" crossorigin href="/${file}">`;
}
