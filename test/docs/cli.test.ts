import { describe, expect, it } from 'vitest';
import { help as all } from '../../pipeline/stages/all.ts';
import { help as download } from '../../pipeline/stages/download.ts';
import { help as evaluate } from '../../pipeline/stages/evaluate.ts';
import { help as exportVectors } from '../../pipeline/stages/export.ts';
import { help as inspect } from '../../pipeline/stages/inspect.ts';
import { help as library } from '../../pipeline/stages/library.ts';
import { help as merge } from '../../pipeline/stages/merge.ts';
import { help as publish } from '../../pipeline/stages/publish.ts';
import { help as refresh } from '../../pipeline/stages/refresh.ts';
import { help as sample } from '../../pipeline/stages/sample.ts';
import { help as train } from '../../pipeline/stages/train.ts';
import { readPage } from './markdown.ts';

const HELP = { download, library, merge, train, publish, all, refresh, inspect, evaluate, export: exportVectors, sample };

describe('docs/reference/cli.md', () => {
  it.each(Object.entries(HELP))('names every option of %s, and no other', (command, help) => {
    const [, section] = new RegExp(`^### ${command}\n([\\s\\S]*?)(?=^##)`, 'm').exec(readPage('docs/reference/cli.md')) ?? [];
    expect(optionsOf(section ?? '')).toEqual(optionsOf(help.replace(/^Usage: .*$/m, '')));
  });

  it('names every script of package.json that a developer calls', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(readPage('package.json'));
    const page = readPage('docs/reference/cli.md');
    const called = Object.keys(scripts).filter((name) => !/^(pre|post)/.test(name));
    const missing = called.filter((name) => !new RegExp(`npm (run )?${name}(?![\\w:])`).test(page));
    expect(missing).toEqual([]);
  });
});

function optionsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option))].sort();
}
