import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { BundledPackage } from './bundled-packages.ts';
import { PROJECT } from './run-tool.ts';

const LICENSE_FILE = /^(licen[cs]e|copying|notice|ofl)([-.].*)?$/i;
const SPDX_EXPRESSION = /^[\w.+\-() ]+$/;

/** The licences of the packages in the bundles, with their texts. Most licences ask that the text goes with every copy. */
export function licenseNotices(packages: readonly BundledPackage[]): string {
  const parts = packages.map((bundled) => {
    const heading = `## ${bundled.name} ${bundled.version} (${bundled.license ?? 'no licence named'})`;
    const texts = licenseTexts(bundled.folder);
    return `${heading}\n\n${texts.length > 0 ? texts.join('\n\n') : 'The package comes without a text of its licence.'}\n`;
  });
  return `# Third-party notices\n\nThe files of the server and of the web app contain these packages.\n\n${parts.join('\n')}`;
}

/** A list of the packages in the bundles in the form of CycloneDX 1.6. The same sources give the same bytes: it has no date. */
export function softwareBill(packages: readonly BundledPackage[]): string {
  const project = readJson(join(PROJECT, 'package.json'));
  const lock = readJson(join(PROJECT, 'package-lock.json'));
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', ...identity(project.name, project.version), licenses: licenses(project.license) } },
    components: packages.map(({ name, version, license, folder }) => ({
      type: 'library',
      ...identity(name, version),
      licenses: licenses(license),
      hashes: hashes(lock.packages[relative(PROJECT, folder)]?.integrity),
    })),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function licenseTexts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENSE_FILE.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8').trim());
}

function identity(name: string, version: string): Record<string, string> {
  // Package URLs encode the @ of a scope.
  const purl = `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
  return { 'bom-ref': purl, name, version, purl };
}

function licenses(license: string | undefined): object[] {
  if (license === undefined) return [];
  // A text such as "SEE LICENSE IN file" has words between its names that are no operators.
  const isExpression = SPDX_EXPRESSION.test(license) && !/^(SEE|UNLICENSED)\b/.test(license);
  return [isExpression ? { expression: license } : { license: { name: license } }];
}

/** npm writes a digest in base64, CycloneDX in hexadecimal digits. */
function hashes(integrity: string | undefined): object[] {
  const digest = integrity?.match(/^sha512-(\S+)/)?.[1];
  return digest === undefined ? [] : [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }];
}

function readJson(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
