import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { createLogger, createServer, type ProxyOptions, type ViteDevServer } from 'vite';
import { PROJECT, runNode, scriptOf } from './run-tool.ts';
import { hasPublishedVersion, servesDefaultArtifacts } from './sample-artifacts.ts';

// `npm run dev`: the API restarted on change, the web app with hot reload, and generated files kept up to date, on one address.
const PORT = Number(process.env.PORT || 4000);
const HOST = process.env.HOST || 'localhost';
/** Paths that the API server answers. Vite answers the rest: the web app's pages and sources. */
const API = ['/graphql', '/api', '/export', '/health', '/ready', '/metrics'];
const DEBOUNCE_MS = 200;

if (servesDefaultArtifacts() && !hasPublishedVersion()) {
  process.stdout.write('dev: making the sample catalog\n');
  if (!runNode(['--disable-warning=ExperimentalWarning', 'pipeline/main.ts', 'sample'], { show: true }).ok) process.exit(1);
}

const children = new Set<ChildProcess>();
let isStopping = false;
let vite: ViteDevServer | undefined;
const apiPort = await freePort();
start('the API server', [scriptOf('tsx', 'tsx'), 'watch', '--clear-screen=false', 'src/main.ts'], {
  PORT: String(apiPort),
  HOST: '127.0.0.1',
  // No proxy waits for this server: a restart must not wait either.
  DRAIN_MS: '0',
});
vite = await startVite(apiPort);
regenerateOnChange();
process.stdout.write(
  `\ndev: http://localhost:${PORT} (web app), http://localhost:${PORT}/graphql (playground and API), http://localhost:${PORT}/gallery/ (components); Ctrl-C ends it\n\n`,
);

// Also when this process ends by an error that nobody caught.
process.on('exit', () => {
  for (const child of children) child.kill('SIGTERM');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop(0));

function start(name: string, args: string[], env: Record<string, string> = {}): void {
  const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: 'inherit', env: { ...process.env, ...env } });
  children.add(child);
  child.on('exit', (code) => {
    children.delete(child);
    if (isStopping) return;
    process.stderr.write(`dev: ${name} ended with code ${code}\n`);
    void stop(1);
  });
}

async function startVite(port: number): Promise<ViteDevServer> {
  const target = `http://127.0.0.1:${port}`;
  const proxy: Record<string, ProxyOptions> = Object.fromEntries(
    API.map((path): [string, ProxyOptions] => [
      `^${path}(?=[/.?]|$)`,
      {
        target,
        // A browser that opens /graphql gets the playground from its sources.
        bypass: ({ method, url, headers }) => {
          const isPage = method === 'GET' && (headers.accept ?? '').includes('text/html');
          return isPage && (url ?? '').startsWith('/graphql') ? '/playground/index.html' : undefined;
        },
      },
    ]),
  );
  const customLogger = createLogger('info', { allowClearScreen: false });
  const { error: logError } = customLogger;
  // Expected while the API server starts: one line instead of a stack.
  customLogger.error = (message, options) => {
    if (message.includes('http proxy error')) process.stderr.write('dev: the API server does not answer yet\n');
    else logError(message, options);
  };
  const server = await createServer({
    customLogger,
    configFile: join(PROJECT, 'vite.config.ts'),
    clearScreen: false,
    server: { port: PORT, strictPort: true, host: HOST, proxy, fs: { allow: [PROJECT] } },
  });
  try {
    await server.listen();
  } catch (error) {
    process.stderr.write(
      `dev: cannot listen on ${HOST}:${PORT}: ${error instanceof Error ? error.message : String(error)}; set PORT to another\n`,
    );
    await stop(1);
  }
  return server;
}

/** schema.graphql follows the server's types, the generated documents follow the schema and the client's queries. */
function regenerateOnChange(): void {
  const schema = queued('schema.graphql', [scriptOf('tsx', 'tsx'), 'src/graphql/emit-schema.ts']);
  const documents = queued('client/src/generated', [
    scriptOf('@graphql-codegen/cli', 'graphql-codegen'),
    '--config',
    'codegen.yml',
    '--silent',
  ]);
  watch(join(PROJECT, 'src'), { recursive: true }, (_event, file) => {
    if (file?.endsWith('.ts') && !file.endsWith('.test.ts')) schema();
  });
  watch(join(PROJECT, 'schema.graphql'), documents);
  watch(join(PROJECT, 'client', 'src'), { recursive: true }, (_event, file) => {
    if (file !== null && /\.tsx?$/.test(file) && !file.startsWith('generated')) documents();
  });
}

/** Runs the command soon after the last of several calls, and once more when it was called meanwhile. */
function queued(name: string, args: string[]): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;
  const run = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', 'ignore', 'inherit'] });
    children.add(child);
    child.on('exit', (code) => {
      children.delete(child);
      running = false;
      if (code !== 0 && !isStopping) process.stderr.write(`dev: ${name} was not renewed; the lines above say why\n`);
      if (again) {
        again = false;
        run();
      }
    });
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, DEBOUNCE_MS);
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createTcpServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function stop(code: number): Promise<never> {
  if (!isStopping) {
    isStopping = true;
    await Promise.all([vite?.close(), ...[...children].map(ended)]);
  }
  process.exit(code);
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
  });
}
