import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withTable } from './figures.ts';

it('a recorded table replaces the one between its comments, and the page of the cluster has a place for it', () => {
  const page = 'a\n<!-- measured: x -->\nold\n<!-- /measured: x -->\nb\n';
  expect(withTable(page, 'x', 'new\nrows')).toBe('a\n<!-- measured: x -->\nnew\nrows\n<!-- /measured: x -->\nb\n');
  expect(() => withTable(page, 'y', 'new')).toThrow('no place for the table "y"');
  const cluster = readFileSync('docs/explanation/faults.md', 'utf8');
  expect(withTable(cluster, 'cluster', 'the table')).toContain('-->\nthe table\n<!--');
});
