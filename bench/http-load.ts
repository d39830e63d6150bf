import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasProgram, pinned } from './processors.ts';

export interface Load {
  url: string;
  headers: Record<string, string>;
  /** Bodies of POST requests, sent in turn. */
  bodies: readonly string[];
  connections: number;
  seconds: number;
}

export interface LoadFigures {
  requests: number;
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Requests without an answer, or with a status from 400. */
  failures: number;
}

/** wrk where it is installed: it takes less time for a request than autocannon, which can be slower than a bare server. */
export const GENERATOR = hasProgram('wrk') ? 'wrk' : 'autocannon';

/** Sends requests from a process of its own. */
export async function generateLoad(load: Load, processor: number | undefined): Promise<LoadFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'cinematch-load-'));
  try {
    return GENERATOR === 'wrk' ? await runWrk(load, folder, processor) : await runAutocannon(load, folder, processor);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runWrk(load: Load, folder: string, processor: number | undefined): Promise<LoadFigures> {
  const script = join(folder, 'load.lua');
  const bodies = join(folder, 'bodies');
  await writeFile(bodies, load.bodies.join('\n'));
  await writeFile(script, wrkScript(load.headers, bodies));
  const { connections, seconds, url } = load;
  const command = ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url];
  return figuresIn(await run(pinned(command, processor)));
}

/** The requests are made before the load begins. JSON strings of ASCII are Lua strings. */
function wrkScript(headers: Record<string, string>, bodies: string): string {
  return `${Object.entries(headers)
    .map(([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${JSON.stringify(value)}`)
    .join('\n')}
local requests, at = {}, 0
function init()
  for body in io.lines(${JSON.stringify(bodies)}) do requests[#requests + 1] = wrk.format("POST", nil, nil, body) end
end
function request()
  at = at % #requests + 1
  return requests[at]
end
function done(summary, latency)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\\n{"requests":%d,"rate":%f,"p50":%f,"p99":%f,"failures":%d}\\n', summary.requests,
    summary.requests * 1e6 / summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000, failures))
end
`;
}

async function runAutocannon(load: Load, folder: string, processor: number | undefined): Promise<LoadFigures> {
  const file = join(folder, 'load.json');
  await writeFile(file, JSON.stringify(load));
  const script = new URL('autocannon-load.ts', import.meta.url).pathname;
  return figuresIn(await run(pinned([process.execPath, script, file], processor)));
}

async function run([program, ...args]: string[]): Promise<string> {
  return (await promisify(execFile)(program, args, { maxBuffer: 1 << 26 })).stdout;
}

/** The last line of the output. */
function figuresIn(output: string): LoadFigures {
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}
