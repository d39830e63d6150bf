import { execFile } from 'node:child_process';

/** Runs a command in a folder. What it printed, or an error with it. */
export function run(command: string, words: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, words, { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${words.join(' ')} failed: ${stdout}${stderr}`));
    });
  });
}
