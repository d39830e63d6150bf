import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { expect, it } from 'vitest';

const file = readFileSync('deploy/Containerfile', 'utf8');

it('deploy/Containerfile has nothing that a linter finds', () => {
  expect(validate(file).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
});

it('the linter finds what is wrong', () => {
  expect(validate(file.replace('EXPOSE 4000', 'EXPOSE port')).map(({ message }) => message)).toHaveLength(1);
});

it('leaves secrets and data of the working tree out of the build', () => {
  const ignored = readFileSync('.containerignore', 'utf8').split('\n');
  expect(ignored).toEqual(expect.arrayContaining(['.git', '.env', 'data', 'node_modules', 'artifacts/*']));
  expect(readFileSync('.dockerignore', 'utf8')).toBe(readFileSync('.containerignore', 'utf8'));
});
