import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

// The only thread for files is busy, so the first line is still being written when the second one is due. Nothing is logged after it.
const PROGRAM = `
  import { pbkdf2 } from 'node:crypto';
  import { pino } from 'pino';
  import { openLogOutput } from ${JSON.stringify(new URL('./process-log.ts', import.meta.url).href)};
  const log = pino({}, openLogOutput());
  pbkdf2('a', 'b', 2_000_000, 64, 'sha512', () => undefined);
  log.info('first');
  setTimeout(() => log.info('second'), 60);
  setInterval(() => undefined, 1_000);
`;

it('a line that is logged while another one is being written is written after it', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROGRAM], {
    env: { PATH: process.env.PATH, UV_THREADPOOL_SIZE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const messages: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) if (messages.push(JSON.parse(line).msg) === 2) break;
    expect(messages).toEqual(['first', 'second']);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});
