import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { licenseNotices, softwareBill } from './bundle-licenses.ts';
import { BundledPackages } from './bundled-packages.ts';
import { PROJECT } from './run-tool.ts';

const FILES = {
  'index.html': '<script type="module" src="/page.js"></script>',
  'page.js':
    "import { used } from 'used'; import './page.css'; console.log(used, new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }));",
  'page.css': '@import "typeface/index.css";',
  'worker.js': "import { inWorker } from 'in-worker'; postMessage(inWorker);",
  'node_modules/used/package.json': '{"name":"used","version":"1.2.3","license":"MIT","main":"dist/index.js"}',
  'node_modules/used/LICENSE': 'Text of the licence',
  'node_modules/used/dist/package.json': '{"type":"module"}',
  'node_modules/used/dist/index.js': "import scoped from '@scope/below'; export const used = scoped;",
  'node_modules/@scope/below/package.json':
    '{"name":"@scope/below","version":"2.0.0","type":"module","license":"(MIT OR Apache-2.0)","main":"index.js"}',
  'node_modules/@scope/below/index.js': 'export default 7;',
  'node_modules/@scope/below/NOTICE.txt': 'Text of the notice',
  'node_modules/in-worker/package.json':
    '{"name":"in-worker","version":"0.0.1","type":"module","license":"SEE LICENSE IN terms","main":"index.js"}',
  'node_modules/in-worker/index.js': 'export const inWorker = 8;',
  'node_modules/typeface/package.json': '{"name":"typeface","version":"3.0.0","license":"OFL-1.1"}',
  'node_modules/typeface/index.css': '@font-face { font-family: t; src: url(./t.woff2); } body { font-family: t; }',
  'node_modules/typeface/t.woff2': 'x'.repeat(5_000),
  'node_modules/unused/package.json': '{"name":"unused","version":"1.0.0","license":"MIT","main":"index.js"}',
  'node_modules/unused/index.js': '',
};

describe('packages of a bundle', () => {
  const root = mkdtempSync(join(tmpdir(), 'cinematch-bundle-'));
  const bundled = new BundledPackages();

  beforeAll(async () => {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const plugins = [bundled.plugin()];
    await build({ configFile: false, root, logLevel: 'error', plugins, worker: { format: 'es', plugins: () => [bundled.plugin()] } });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('are those of modules, workers and fonts, and no others', () => {
    expect(bundled.list().map(({ name, version }) => `${name} ${version}`)).toEqual([
      '@scope/below 2.0.0',
      'in-worker 0.0.1',
      'typeface 3.0.0',
      'used 1.2.3',
    ]);
  });

  it('are named with the texts of their licences', () => {
    const notices = licenseNotices(bundled.list());
    expect(notices).toContain('## used 1.2.3 (MIT)\n\nText of the licence\n');
    expect(notices).toContain('## @scope/below 2.0.0 ((MIT OR Apache-2.0))\n\nText of the notice\n');
    expect(notices).toContain('## typeface 3.0.0 (OFL-1.1)\n\nThe package comes without a text of its licence.\n');
  });

  it('are components of the software bill', () => {
    const bill = JSON.parse(softwareBill(bundled.list()));
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
    expect(bill.metadata.component).toMatchObject({ type: 'application', name: 'cinematch', licenses: [{ expression: 'MIT' }] });
    const purl = 'pkg:npm/%40scope/below@2.0.0';
    expect(bill.components[0]).toEqual({
      type: 'library',
      'bom-ref': purl,
      name: '@scope/below',
      version: '2.0.0',
      purl,
      licenses: [{ expression: '(MIT OR Apache-2.0)' }],
      hashes: [],
    });
    expect(bill.components[1].licenses).toEqual([{ license: { name: 'SEE LICENSE IN terms' } }]);
  });

  it('carry the digests of the lockfile', () => {
    const folder = join(PROJECT, 'node_modules', 'fastify');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const [component] = JSON.parse(softwareBill([{ name: 'fastify', version, license: 'MIT', folder }])).components;
    expect(component.hashes).toEqual([{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
  });
});

it('actions of CI are pinned by their commits, with the version beside', () => {
  const workflow = readFileSync(join(PROJECT, '.github', 'workflows', 'ci.yml'), 'utf8');
  const uses = workflow.split('\n').filter((line) => line.includes('uses:'));
  expect(uses).not.toEqual([]);
  for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
