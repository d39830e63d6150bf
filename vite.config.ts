import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inlineDocuments } from './tools/inline-documents.ts';
import { pageDocuments } from './tools/page-documents.ts';

const SERVER = 'http://127.0.0.1:4000';

export default defineConfig({
  root: 'client',
  plugins: [inlineDocuments(), react(), pageDocuments()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // The playground's editor is large chunks whatever is done; a warning about them on every build would hide others.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      input: ['client/index.html', 'client/playground/index.html'],
      onLog(level, log, report) {
        // "use no memo" in GraphiQL is for a compiler that does not run here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  server: { proxy: { '/graphql': SERVER, '/api': SERVER, '/export': SERVER, '/ready': SERVER } },
});
