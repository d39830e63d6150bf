import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

export interface ToolResult {
  ok: boolean;
  output: string;
}

/**
 * Runs a package's command with the Node that runs this, whatever the platform's launchers are called. With `show`, its output goes
 * to the terminal as it comes; otherwise it is returned.
 */
export function runTool(packageName: string, command: string, args: string[], { show = false } = {}): ToolResult {
  return runNode([scriptOf(packageName, command), ...args], { show });
}

export function runNode(args: string[], { show = false } = {}): ToolResult {
  const { status, error, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: PROJECT,
    encoding: 'utf8',
    stdio: show ? 'inherit' : 'pipe',
  });
  if (error !== undefined) return { ok: false, output: error.message };
  return { ok: status === 0, output: `${stdout ?? ''}${stderr ?? ''}` };
}

export function scriptOf(packageName: string, command: string): string {
  const manifest = join(PROJECT, 'node_modules', packageName, 'package.json');
  const { bin }: { bin: string | Record<string, string> } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}
