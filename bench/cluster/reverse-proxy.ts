import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePorts, ServerProcess } from '../../test/real-servers/server-process.ts';
import { ROOT } from '../server-process.ts';

export interface ReverseProxy {
  url: string;
  stop(): Promise<void>;
}

/** nginx with the file that ships, without its HTTPS and with the servers of the measurement. */
export async function startNginx(program: string, folder: string, port: number, servers: readonly number[]): Promise<ReverseProxy> {
  const shipped = await readFile(join(ROOT, 'deploy/proxy/nginx.conf'), 'utf8');
  const [line] = /^ *server 127\.0\.0\.1:4000.*$/m.exec(shipped) ?? [];
  if (line === undefined) throw new Error('deploy/proxy/nginx.conf has no server on port 4000');
  const block = shipped
    .replace('listen 443 ssl http2', `listen 127.0.0.1:${port}`)
    .replace(/ *listen \[::\].*\n| *ssl_.*\n/g, '')
    .replace(line, servers.map((each) => line.replace('4000', String(each))).join('\n'));
  const file = join(folder, 'nginx.conf');
  await writeFile(
    file,
    `${process.getuid?.() === 0 ? 'user root;\n' : ''}daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log;
events { worker_connections 4096; }
http {
access_log off;
client_body_temp_path ${folder}/body;
proxy_temp_path ${folder}/proxy;
${block}
}`,
  );
  const nginx = await ServerProcess.start(program, ['-c', file], () => isOpen(port));
  return { url: `http://127.0.0.1:${port}`, stop: () => nginx.end('SIGTERM') };
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => resolve(false));
  });
}
