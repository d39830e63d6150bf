import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { LANDING, ROUTES } from '../client/src/app/routes.ts';

type Bundle = Rolldown.OutputBundle;

const APP = '/client/src/app/App.tsx';

/**
 * Writes a document for each page beside index.html, and routes.json, which tells the server the document of each address. A page's
 * document names all files that the page needs. The browser fetches them at once, instead of discovering them one after the other.
 */
export function routeHtml(): Plugin {
  return {
    name: 'route-html',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const chunkOf = (module: string): Rolldown.OutputChunk => {
        const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
        if (chunk === undefined) throw new Error(`the build has no chunk of ${module}`);
        return chunk;
      };
      const html = bundle['index.html'];
      if (html?.type !== 'asset') throw new Error('the build has no index.html');
      const source = String(html.source);
      const routes = [LANDING, ...ROUTES].map(({ path, page }) => {
        const own = chunkOf(`/client/src/features/${page}.page.tsx`);
        const needed = path === LANDING.path ? filesOf(bundle, [own]) : filesOf(bundle, [chunkOf(APP), own]);
        const links = [...needed].filter((file) => !source.includes(file)).map(linkTo);
        const document = `${page.replace('/', '-').toLowerCase()}.html`;
        writeFileSync(join(dir, document), source.replace('</head>', `${links.join('')}</head>`));
        return { path, document };
      });
      writeFileSync(join(dir, 'routes.json'), `${JSON.stringify(routes, null, 2)}\n`);
    },
  };
}

/** The chunks, the chunks that they import, and the styles of all of these. */
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
  return `<link rel="${file.endsWith('.css') ? 'stylesheet' : 'modulepreload'}" crossorigin href="./${file}">`;
}
