import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, posix } from 'node:path';

/** Tests that start servers or browsers from files on disk: they never meet a mutant, which is in memory only. */
const NOT_IN_MEMORY =
  /^(client|bench|tools|pipeline\/stages|test\/(attacks|bare-root|docs))\/|^test\/(durability|server-process|names|arrows)\.test/;

/** For each source file: the test files that import it, directly or not, nearest first. */
export function relatedTests(project: string): (source: string) => string[] {
  const files = globSync('{src,pipeline,test,client,tools,bench}/**/*.{ts,tsx}', { cwd: project, exclude: ['**/node_modules/**'] });
  const importers = new Map<string, string[]>();
  for (const file of files) {
    const text = readFileSync(posix.join(project, file), 'utf8');
    for (const [, path] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)) {
      const imported = posix.join(dirname(file), path);
      const known = importers.get(imported);
      if (known === undefined) importers.set(imported, [file]);
      else known.push(file);
    }
  }
  return (source) => {
    const distances = new Map([[source, 0]]);
    for (const [file, distance] of distances)
      for (const importer of importers.get(file) ?? []) if (!distances.has(importer)) distances.set(importer, distance + 1);
    return [...distances]
      .filter(([file]) => file.endsWith('.test.ts') && !NOT_IN_MEMORY.test(file))
      .map(([file, distance]) => ({ file, away: isNamedAfter(file, source) ? 0 : foldersBetween(source, file), distance }))
      .sort((a, b) => a.away - b.away || a.distance - b.distance || (a.file < b.file ? -1 : 1))
      .map(({ file }) => file);
  };
}

/** Whether the test has the name of the source or of one of its folders: it is about it, wherever it is. */
function isNamedAfter(test: string, source: string): boolean {
  return source.slice(0, -extname(source).length).split('/').includes(basename(test, '.test.ts'));
}

/** Steps from the folder of one file to the folder of another. */
function foldersBetween(a: string, b: string): number {
  return posix
    .relative(dirname(a), dirname(b))
    .split('/')
    .filter((part) => part !== '').length;
}
