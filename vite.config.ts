import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inlineDocuments } from './tools/inline-documents.ts';
import { routeHtml } from './tools/route-html.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: 'client',
  plugins: [inlineDocuments(), react(), routeHtml()],
  // Development only. This module imports workers by "?worker", which Vite's pre-bundling of dependencies cannot load.
  optimizeDeps: { exclude: ['graphiql/setup-workers/vite', '@graphiql/react/setup-workers/vite'] },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // The playground's editor is large chunks whatever is done; a warning about them on every build would hide others.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      input: [pathOf('client/index.html'), pathOf('client/playground/index.html')],
      onLog(level, log, report) {
        // "use no memo" in GraphiQL is for a compiler that does not run here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
