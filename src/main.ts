// The whole module instead of the function: an older Node lacks the function and could not link the import.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const MIN_NODE = 24;
const EXIT_NODE_TOO_OLD = 5;

// The server is imported after this check: an older Node fails to link it, with a message that does not name the cause.
if (Number.parseInt(process.versions.node, 10) < MIN_NODE) {
  process.stderr.write(
    `CineMatch needs Node ${MIN_NODE} or newer; this is ${process.versions.node}. "npm start" brings its own on Linux.\n`,
  );
  process.exit(EXIT_NODE_TOO_OLD);
}

// Keeps the compiled code of several megabytes of packages from one start to the next.
module.enableCompileCache();
const { serve } = await import('./app/server.ts');
// The same path from src/main.ts and from the bundle dist/main.js.
const clientDirectory = fileURLToPath(new URL('../dist/client', import.meta.url));
const bundled = fileURLToPath(new URL('database.js', import.meta.url));
const databaseProgram = existsSync(bundled) ? bundled : fileURLToPath(new URL('app/database-cli.ts', import.meta.url));
await serve({ clientDirectory, databaseProgram });
