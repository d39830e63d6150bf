import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** Every page that is written for readers, by its path in the project. */
export const PAGES: readonly string[] = globSync(['*.md', '{docs,deploy,bench,artifacts,pipeline,src,client,test,tools,.github}/**/*.md'], {
  cwd: PROJECT,
}).sort();

export function readPage(path: string): string {
  return readFileSync(`${PROJECT}/${path}`, 'utf8');
}

/** A fenced block of code. */
export interface CodeBlock {
  page: string;
  /** The line of the fence, from 1. */
  line: number;
  language: string;
  code: string;
  /** The reason of a comment `<!-- not run: REASON -->` above the fence. */
  notRun: string | undefined;
}

export function codeBlocks(page: string): CodeBlock[] {
  const lines = readPage(page).split('\n');
  const blocks: CodeBlock[] = [];
  for (let i = 0; i < lines.length; i++) {
    const language = /^```(\w*)$/.exec(lines[i])?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', i + 1);
    if (end < 0) throw new Error(`${page}:${i + 1}: the block has no end`);
    const notRun = /^<!-- not run: (.+) -->$/.exec(lines[i - 1] ?? '')?.[1];
    blocks.push({ page, line: i + 1, language, code: lines.slice(i + 1, end).join('\n'), notRun });
    i = end;
  }
  return blocks;
}

/** The page without its blocks and spans of code. */
export function proseOf(page: string): string {
  return readPage(page)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`\n]+`/g, '');
}

/** Addresses of links and pictures, Markdown and HTML. */
export function linksOf(page: string): string[] {
  const prose = proseOf(page);
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g), ...prose.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
}

/** Anchors of the headings, as GitHub makes them. */
export function anchorsOf(page: string): Set<string> {
  const headings = readPage(page)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .matchAll(/^#{1,6} (.+)$/gm);
  const anchors = new Set<string>();
  for (const [, heading] of headings) {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}
