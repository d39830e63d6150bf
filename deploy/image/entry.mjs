// The program of the image: `server` (when nothing is said), `pipeline ...`, `refresh ...`, `db ...`, `doctor`, `health`. Plain JavaScript: it
// runs as it is.
import { chownSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const APP = fileURLToPath(new URL('..', import.meta.url));
const PROGRAMS = {
  server: 'dist/main.js',
  pipeline: 'pipeline/main.ts',
  refresh: 'pipeline/main.ts',
  db: 'dist/database.js',
  doctor: 'dist/doctor.js',
  health: 'image/health.mjs',
};
const NOBODY = 65532;
const EXIT_USAGE = 2;

const [name = 'server', ...args] = process.argv.slice(2);
if (!Object.hasOwn(PROGRAMS, name)) fail(`there is no program "${name}"; there are ${Object.keys(PROGRAMS).join(', ')}`);
process.env.DATA_DIR ||= '/data';
process.env.ARTIFACTS_DIR ||= '/artifacts';
if (name !== 'health') prepare();
// The raw files have a folder in the volume of the artifacts.
if (name === 'refresh') args.unshift('refresh', '--raw', join(process.env.ARTIFACTS_DIR, 'raw'), '--artifacts', process.env.ARTIFACTS_DIR);
const script = join(APP, PROGRAMS[name]);
process.argv = [process.argv[0], script, ...args];
await import(pathToFileURL(script).href);

function prepare() {
  becomeUser();
  const { DATA_DIR: data, ARTIFACTS_DIR: artifacts } = process.env;
  // The root file system may be read-only, so temporary files are in the volume.
  // One for each user: what another user left behind cannot be written.
  const temporary = join(data, `tmp-${process.getuid()}`);
  if (process.env.TMPDIR === undefined && isMade(temporary)) process.env.TMPDIR = temporary;
  if (name !== 'server' || existsSync(join(artifacts, 'current.json'))) return;
  try {
    cpSync(join(APP, 'artifacts'), artifacts, { recursive: true });
    say(`nothing is published in ${artifacts}: the sample catalog was copied there`);
  } catch {
    process.env.ARTIFACTS_DIR = join(APP, 'artifacts');
    say(`nothing is published in ${artifacts}, which cannot be written: the sample catalog of the image is served`);
  }
}

/** Started as root, the program becomes PUID:PGID, after it has given that user the volumes. */
function becomeUser() {
  if (process.getuid() !== 0) return;
  const [uid, gid] = [idOf('PUID'), idOf('PGID')];
  for (const folder of [process.env.DATA_DIR, process.env.ARTIFACTS_DIR]) {
    // Only the folder itself: what is in it was made by this user, or is the operator's matter.
    if (isMade(folder) && statSync(folder).uid !== uid) chownSync(folder, uid, gid);
  }
  process.setgroups([gid]);
  process.setgid(gid);
  process.setuid(uid);
}

function idOf(variable) {
  const text = process.env[variable] ?? '';
  if (text === '') return NOBODY;
  if (!/^\d{1,9}$/.test(text)) fail(`${variable}=${text}: expected the number of a user or group`);
  return Number(text);
}

function isMade(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

function say(text) {
  process.stderr.write(`cinematch: ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(EXIT_USAGE);
}
