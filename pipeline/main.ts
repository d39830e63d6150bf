import { constants } from 'node:os';
import { keepVersions } from './cli/arguments.ts';
import { CliError, usageError } from './cli/cli-error.ts';
import { didYouMean } from './cli/did-you-mean.ts';
import { defaultContext, type PipelineContext } from './cli/pipeline-context.ts';
import { secretOf } from './cli/secret.ts';
import { systemProblem } from './cli/system-error.ts';

interface Command {
  readonly help: string;
  run(args: string[], context: PipelineContext): Promise<void>;
}

const help = `CineMatch's pipeline: turns raw data into the artifacts that the server loads

Usage: npm run pipeline -- COMMAND [OPTIONS]

  download   download MovieLens and TMDb data into a folder
  library    list the films that you have, from Jellyfin, Plex, Radarr or a file
  merge      raw files -> one catalog (CSV)
  train      catalog -> a versioned release
  publish    make a release the current one, or roll back
  all        merge, train and publish
  refresh    fetch what changed, then merge, train and publish; once or every day
  inspect    show the content of a release
  evaluate   measure the models on users' ratings
  export     write the vectors of a release for other programs
  sample     publish the catalog that ships with the project

  COMMAND --help   show the options of a command
  --debug          show the stack of an error
`;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  download: () => import('./stages/download.ts'),
  library: () => import('./stages/library.ts'),
  merge: () => import('./stages/merge.ts'),
  train: () => import('./stages/train.ts'),
  publish: () => import('./stages/publish.ts'),
  all: () => import('./stages/all.ts'),
  refresh: () => import('./stages/refresh.ts'),
  inspect: () => import('./stages/inspect.ts'),
  evaluate: () => import('./stages/evaluate.ts'),
  export: () => import('./stages/export.ts'),
  sample: () => import('./stages/sample.ts'),
};

async function main(args: readonly string[], context: PipelineContext): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help);
    if (name === undefined) process.exitCode = 2;
    return;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    const near = didYouMean(name, Object.keys(commands));
    const what = name.startsWith('-') ? `a command must come before ${name}` : `unknown command "${name}"`;
    throw usageError(`${what}${near === undefined ? '' : `, did you mean ${near}?`}; the commands are ${Object.keys(commands).join(', ')}`);
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) process.stdout.write(command.help);
  else await command.run(rest, context);
}

const interruption = new AbortController();
let interruptedBy: 'SIGINT' | 'SIGTERM' | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The first signal lets the stage stop cleanly. A second signal ends the process at once.
    if (interruptedBy !== undefined) process.exit(128 + constants.signals[signal]);
    interruptedBy = signal;
    interruption.abort(new CliError('interrupted; run the same command again to continue', { exitCode: 128 + constants.signals[signal] }));
  });
}
// "| head" closes the output early. That is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const argv = process.argv.slice(2);
const debug = argv.includes('--debug');
try {
  await main(
    argv.filter((argument) => argument !== '--debug'),
    defaultContext({
      signal: interruption.signal,
      tmdbKey: secretOf('TMDB_API_KEY', process.env),
      libraryKey: secretOf('LIBRARY_KEY', process.env),
      keepVersions: keepVersions(process.env.KEEP_VERSIONS || undefined),
    }),
  );
} catch (thrown) {
  const error = interruption.signal.aborted ? interruption.signal.reason : thrown;
  const message = error instanceof Error ? error.message : String(error);
  const system = error instanceof CliError ? undefined : systemProblem(error);
  if (error instanceof CliError) process.stderr.write(`error: ${message}\n`);
  else if (system !== undefined) process.stderr.write(`error: ${system}\n`);
  else process.stderr.write(`error: ${message.split('\n')[0]} (unexpected error; run again with --debug to see the stack)\n`);
  if (debug)
    process.stderr.write(
      `${error instanceof Error ? error.stack : ''}\n${error instanceof Error && error.cause ? String(error.cause) : ''}\n`,
    );
  process.exitCode = error instanceof CliError ? error.exitCode : 1;
}
