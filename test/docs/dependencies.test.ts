import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROJECT, readPage } from './markdown.ts';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

describe('docs/explanation/dependencies.md', () => {
  it('names every direct dependency once, and no other', () => {
    const manifest: Manifest = JSON.parse(readFileSync(`${PROJECT}/package.json`, 'utf8'));
    const direct = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap((names) => Object.keys(names));
    const named = [...readPage('docs/explanation/dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(direct.sort());
  });
});
