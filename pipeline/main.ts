import { constants } from 'node:os';
import { CliError, usageError } from './cli/cli-error.ts';
import { didYouMean } from './cli/did-you-mean.ts';
import { defaultEffects, type PipelineContext } from './cli/pipeline-context.ts';

interface Command {
  readonly help: string;
  run(args: string[], effects: PipelineContext): Promise<void>;
}

const help = `CineMatch's pipeline: from raw data to the artifacts that the server loads.

Usage: npm run pipeline -- COMMAND [OPTIONS]

  download   fetch MovieLens and TMDb data into a folder
  merge      raw files -> one catalogue (CSV)
  train      catalogue -> a versioned set of artifacts
  publish    make a version the current one, or go back
  all        merge, train and publish in one go
  inspect    what a set of artifacts holds
  evaluate   how good the models are, measured on people's ratings
  sample     the catalogue that ships with the project

  COMMAND --help   the command's options
  --debug          show the stack of an error
`;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  download: () => import('./stages/download.ts'),
  merge: () => import('./stages/merge.ts'),
  train: () => import('./stages/train.ts'),
  publish: () => import('./stages/publish.ts'),
  all: () => import('./stages/all.ts'),
  inspect: () => import('./stages/inspect.ts'),
  evaluate: () => import('./stages/evaluate.ts'),
  sample: () => import('./stages/sample.ts'),
};

async function main(args: readonly string[], effects: PipelineContext): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help);
    if (name === undefined) process.exitCode = 2;
    return;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    const near = didYouMean(name, Object.keys(commands));
    const what = name.startsWith('-') ? `a command has to come before ${name}` : `unknown command "${name}"`;
    throw usageError(`${what}${near === undefined ? '' : `, did you mean ${near}?`}; there are ${Object.keys(commands).join(', ')}`);
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) process.stdout.write(command.help);
  else await command.run(rest, effects);
}

const interruption = new AbortController();
let interruptedBy: 'SIGINT' | 'SIGTERM' | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The first one lets the stage stop in good order; whoever asks twice does not want to wait.
    if (interruptedBy !== undefined) process.exit(128 + constants.signals[signal]);
    interruptedBy = signal;
    interruption.abort(new CliError('interrupted; run the same command again to go on', { exitCode: 128 + constants.signals[signal] }));
  });
}
// "| head" closes our output early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const given = process.argv.slice(2);
const debug = given.includes('--debug');
try {
  await main(
    given.filter((argument) => argument !== '--debug'),
    defaultEffects({ signal: interruption.signal, tmdbKey: process.env.TMDB_API_KEY || undefined }),
  );
} catch (thrown) {
  const error = interruption.signal.aborted ? interruption.signal.reason : thrown;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CliError) process.stderr.write(`error: ${message}\n`);
  else process.stderr.write(`error: ${message.split('\n')[0]} (unexpected; --debug shows where)\n`);
  if (debug)
    process.stderr.write(
      `${error instanceof Error ? error.stack : ''}\n${error instanceof Error && error.cause ? String(error.cause) : ''}\n`,
    );
  process.exitCode = error instanceof CliError ? error.exitCode : 1;
}
