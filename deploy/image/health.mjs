// Ends with 0 when the server of this container answers. It may be alive without being ready: a restart would not bring a database back.
import { request } from 'node:http';

const MAX_WAIT_MS = 3_000;
// An address instead of a name: the image has no /etc/hosts of its own.
const EVERYWHERE = ['', '::', '0.0.0.0'];
const { PORT = '4000', HOST = '::', LISTEN = '' } = process.env;
const host = EVERYWHERE.includes(HOST) ? '127.0.0.1' : HOST;
const place = LISTEN.startsWith('unix:') ? { socketPath: LISTEN.slice('unix:'.length) } : { host, port: Number(PORT) };

request({ ...place, path: '/health', signal: AbortSignal.timeout(MAX_WAIT_MS) }, ({ statusCode }) =>
  process.exit(statusCode === 200 ? 0 : 1),
)
  .on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  })
  .end();
