import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, type Rolldown, transformWithOxc } from 'vite';

const SOURCE = fileURLToPath(new URL('../client/src/app/service-worker.ts', import.meta.url));
const ENTRY = 'index.html';

/**
 * Writes service-worker.js beside index.html, with the names of all code of the web app. Fonts, other languages and the playground are left
 * out: what a browser loads of them is kept then. The text changes with any of the names, so browsers notice another build.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const files = [...codeOf(bundle)].sort();
      const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), SOURCE);
      const version = createHash('sha256').update(code).update(files.join()).digest('hex').slice(0, 16);
      const constants = `const CACHE = 'cinematch-${version}';\nconst FILES = ${JSON.stringify(files)};\n`;
      writeFileSync(join(dir, 'service-worker.js'), constants + code);
    },
  };
}

/** The chunks that the web app can load, and their styles. */
function codeOf(bundle: Rolldown.OutputBundle): Set<string> {
  const known = new Set<string>();
  const follow = (name: string): void => {
    const chunk = bundle[name];
    if (known.has(name) || chunk?.type !== 'chunk' || chunk.facadeModuleId?.includes('/locales/')) return;
    known.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) known.add(style);
    for (const other of [...chunk.imports, ...chunk.dynamicImports]) follow(other);
  };
  const entry = Object.values(bundle).find(
    (output) => output.type === 'chunk' && output.isEntry && output.facadeModuleId?.endsWith(`/client/${ENTRY}`),
  );
  if (entry === undefined) throw new Error(`the build has no chunk of ${ENTRY}`);
  follow(entry.fileName);
  return known;
}
