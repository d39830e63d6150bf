import { type Environment, EnvironmentError, readEnvironment } from '../environment/environment.ts';
import { errorText } from '../error-text.ts';
import { checkArtifacts } from './doctor/artifacts.ts';
import { checkDatabase } from './doctor/database.ts';
import { type Finding, problem } from './doctor/finding.ts';
import { checkClock, checkDisk, checkVersions } from './doctor/machine.ts';
import { checkMail } from './doctor/mail.ts';
import { checkPublicAddress } from './doctor/public-address.ts';
import { checkRedis } from './doctor/redis.ts';

const USAGE = `npm run doctor

Looks at everything that a server needs, with the settings that a server would read: settings, versions, database, Redis, mail, artifacts,
disk, clock, and the address that users see. Changes nothing. Each line says what was found, and what to do.

exit code: 0 nothing is wrong (there may be warnings), 1 something is wrong, 2 the settings are wrong
`;

const EXIT = { wrong: 1, settings: 2 };
/** A check that takes longer is a finding itself. */
const MAX_CHECK_MS = 20_000;

const CHECKS: Record<string, (environment: Environment) => Promise<Finding[]>> = {
  versions: checkVersions,
  database: checkDatabase,
  redis: checkRedis,
  mail: checkMail,
  artifacts: checkArtifacts,
  disk: checkDisk,
  clock: checkClock,
  address: checkPublicAddress,
};

async function main(args: string[]): Promise<number> {
  if (args.length > 0) {
    process.stdout.write(USAGE);
    return args[0] === '--help' ? 0 : EXIT.settings;
  }
  let environment: Environment;
  try {
    environment = readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    for (const line of error.message.split('\n')) print('settings', problem(line, 'correct it in the environment or in .env'));
    return EXIT.settings;
  }
  print('settings', { state: 'ok', found: 'every setting can be read' });
  let isWrong = false;
  for (const [name, check] of Object.entries(CHECKS)) {
    for (const finding of await inTime(name, check(environment))) {
      print(name, finding);
      isWrong ||= finding.state === 'problem';
    }
  }
  return isWrong ? EXIT.wrong : 0;
}

async function inTime(name: string, findings: Promise<Finding[]>): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(
      () => resolve([problem(`no answer within ${MAX_CHECK_MS / 1_000} s`, `look at what ${name} waits for`)]),
      MAX_CHECK_MS,
    );
  });
  try {
    return await Promise.race([findings, late]);
  } catch (error) {
    return [problem(errorText(error), 'this is unexpected; report it with this line')];
  } finally {
    clearTimeout(timer);
  }
}

function print(name: string, finding: Finding): void {
  const advice = finding.state === 'ok' ? '' : `\n${' '.repeat(20)}-> ${finding.advice}`;
  process.stdout.write(`${finding.state.padEnd(8)} ${name.padEnd(10)} ${finding.found}${advice}\n`);
}

// A connection that a check gave up would keep the process.
process.exit(await main(process.argv.slice(2)));
