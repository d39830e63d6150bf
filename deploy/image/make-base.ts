import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Makes the base of the Containerfile without a registry of images: Debian's packages by debootstrap, Node from the pinned npm package,
// npm from the npm registry. Needs root on Debian, debootstrap and buildah.
//
//   npm run image:base -- [NAME] [buildah options]
//   buildah bud -f deploy/Containerfile --build-arg BASE=NAME -t cinematch .
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const [name = 'localhost/cinematch-base', ...options] = process.argv.slice(2);
const PACKAGES = ['binutils', 'ca-certificates', 'libatomic1', 'postgresql-client'];
const NPM = '10.9.4';

const folder = mkdtempSync(join(tmpdir(), 'cinematch-base-'));
try {
  const root = join(folder, 'root');
  run('debootstrap', ['--variant=minbase', `--include=${PACKAGES.join(',')}`, 'bookworm', root]);
  for (const leftover of ['var/cache/apt', 'var/lib/apt/lists', 'usr/share/doc', 'usr/share/locale', 'usr/share/man'])
    rmSync(join(root, leftover), { recursive: true, force: true });
  installNode(root);
  const container = run('buildah', [...options, 'from', 'scratch']).trim();
  run('buildah', [...options, 'add', '--quiet', container, root, '/']);
  run('buildah', [...options, 'config', '--env', 'PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', container]);
  run('buildah', [...options, 'commit', '--quiet', '--rm', container, name]);
  process.stdout.write(`made ${name}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function installNode(root: string): void {
  const local = join(root, 'usr/local');
  const node = join(PROJECT, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  if (!existsSync(node)) throw new Error(`there is no ${node}; run npm ci`);
  mkdirSync(join(local, 'bin'), { recursive: true });
  cpSync(node, join(local, 'bin/node'));
  run('npm', ['pack', '--silent', '--pack-destination', folder, `npm@${NPM}`]);
  const npm = join(local, 'lib/node_modules/npm');
  mkdirSync(npm, { recursive: true });
  run('tar', ['xzf', join(folder, `npm-${NPM}.tgz`), '-C', npm, '--strip-components=1']);
  run('chroot', [root, 'ln', '-s', '../lib/node_modules/npm/bin/npm-cli.js', '/usr/local/bin/npm']);
  run('chmod', ['+x', join(npm, 'bin/npm-cli.js')]);
}

function run(program: string, args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
