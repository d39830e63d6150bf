import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, ServerProcess } from '../../test/real-servers/server-process.ts';

/** Servers of ours, as built, on ports that they keep. */
export class CineMatchServers {
  readonly ports: readonly number[];
  readonly #environment: Record<string, string>;
  readonly #servers: ServerProcess[] = [];

  private constructor(ports: readonly number[], environment: Record<string, string>) {
    this.ports = ports;
    this.#environment = environment;
  }

  static async start(count: number, environment: (ports: readonly number[]) => Record<string, string>): Promise<CineMatchServers> {
    const ports = await freePorts(count);
    const servers = new CineMatchServers(ports, environment(ports));
    for (const [n] of ports.entries()) servers.#servers[n] = await servers.#startOne(n);
    return servers;
  }

  kill(n: number): Promise<void> {
    return this.#servers[n].end('SIGKILL');
  }

  async restart(n: number): Promise<void> {
    this.#servers[n] = await this.#startOne(n);
  }

  /** As a platform does it: SIGTERM, wait for the end, start, wait until it is ready; then the next one. */
  async roll(): Promise<void> {
    for (const [n] of this.ports.entries()) {
      await this.#servers[n].end('SIGTERM');
      await this.restart(n);
    }
  }

  /** Waits until every server serves this version. */
  async untilServed(version: string, withinMs: number): Promise<boolean> {
    const latest = performance.now() + withinMs;
    while (performance.now() < latest) {
      const served = await Promise.all(this.ports.map((port) => servedBy(port)));
      if (served.every((each) => each === version)) return true;
      await sleep(200);
    }
    return false;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.end('SIGKILL')));
  }

  #startOne(n: number): Promise<ServerProcess> {
    const settings = { ...this.#environment, PORT: String(this.ports[n]) };
    // env becomes the program, so signals reach the server.
    const words = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    const args = [...words, process.execPath, '--disable-warning=ExperimentalWarning', 'dist/main.js'];
    return ServerProcess.start('/usr/bin/env', args, async () => (await servedBy(this.ports[n])) !== undefined);
  }
}

/** The version that a server is ready to serve. */
async function servedBy(port: number): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/ready`);
    if (!response.ok) return undefined;
    const { version } = (await response.json()) as { version: string };
    return version;
  } catch {
    return undefined;
  }
}
