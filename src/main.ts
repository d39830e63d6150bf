// Not by name: an older Node does not have the function, and could not link the import.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;
const EXIT_NODE_TOO_OLD = 5;

// The rest is imported after this check: an older Node could not even link it, and would say so in words about modules.
if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  process.stderr.write(
    `CineMatch needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}. "npm start" brings its own on Linux.\n`,
  );
  process.exit(EXIT_NODE_TOO_OLD);
}

// The compiled code of the next megabytes is kept from one start to the next.
module.enableCompileCache();
const { failToStart, serve } = await import('./app/server.ts');
// The web app is in dist/client: beside src in development, beside the bundled server otherwise.
await serve(fileURLToPath(new URL('../dist/client', import.meta.url))).catch(failToStart);
