import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inlineDocuments } from './tools/inline-documents.ts';
import { messageParts } from './tools/message-parts.ts';
import { routeHtml } from './tools/route-html.ts';
import { serviceWorker } from './tools/service-worker.ts';

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: 'client',
  // The same build serves any path and any host of assets: files name each other relatively, and the server completes the documents.
  base: './',
  plugins: [messageParts(), inlineDocuments(), react(), routeHtml(), serviceWorker()],
  // Development only. This module imports workers by "?worker", which Vite's pre-bundling of dependencies cannot load.
  optimizeDeps: { exclude: ['graphiql/setup-workers/vite', '@graphiql/react/setup-workers/vite'] },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // The playground's editor always has large chunks. A warning on every build would hide others.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      input: [pathOf('client/index.html'), pathOf('client/playground/index.html')],
      output: {
        codeSplitting: {
          groups: [
            // Nearly every page shows posters. They and the packages below them as one chunk compress better than as twelve small ones.
            { name: 'shared', test: /\/features\/(poster\/|movie\/public\/(Explanation|WhyThis))/, priority: 2 },
            // Apollo is loaded as a whole, by each page but the first. Twenty small files would compress less.
            { name: 'apollo', test: /\/node_modules\/(@apollo|@wry|optimism|rxjs)\//, priority: 1 },
          ],
        },
      },
      onLog(level, log, report) {
        // GraphiQL's "use no memo" is for the React compiler, which does not run here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
