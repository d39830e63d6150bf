// Ends with 0 when the server of this container answers. It may be alive without being ready: a restart would not bring a database back.
import { request } from 'node:http';

const MAX_WAIT_MS = 3_000;
const { PORT = '4000', LISTEN = '' } = process.env;
const place = LISTEN.startsWith('unix:') ? { socketPath: LISTEN.slice('unix:'.length) } : { host: 'localhost', port: Number(PORT) };

request({ ...place, path: '/health', signal: AbortSignal.timeout(MAX_WAIT_MS) }, ({ statusCode }) =>
  process.exit(statusCode === 200 ? 0 : 1),
)
  .on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  })
  .end();
