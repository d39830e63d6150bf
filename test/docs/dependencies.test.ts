import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROJECT, readPage } from './markdown.ts';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

describe('docs/explanation/dependencies.md', () => {
  const named = [...readPage('docs/explanation/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);

  it('names every direct dependency', () => {
    const manifest: Manifest = JSON.parse(readFileSync(`${PROJECT}/package.json`, 'utf8'));
    const direct = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap((names) => Object.keys(names));
    expect(direct.length).toBeGreaterThan(0);
    expect(direct.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('names each package once, and none that is not installed', () => {
    const { packages }: { packages: Record<string, unknown> } = JSON.parse(readFileSync(`${PROJECT}/package-lock.json`, 'utf8'));
    expect(named).toEqual([...new Set(named)]);
    expect(named.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([]);
  });
});
