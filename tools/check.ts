import { runTool, type ToolResult } from './run-tool.ts';

// `npm run check`: everything that can be said of the sources without running the tests. All checks run; one line each.
const CHECKS: [name: string, run: () => ToolResult][] = [
  ['lint', () => runTool('@biomejs/biome', 'biome', ['lint', '--error-on-warnings'])],
  ['format', () => runTool('@biomejs/biome', 'biome', ['format'])],
  ['types', () => runTool('typescript', 'tsc', ['-p', 'tsconfig.json'])],
  ['schema.graphql is up to date', () => runTool('tsx', 'tsx', ['src/graphql/emit-schema.ts', '--check'])],
  ['client/src/generated is up to date', () => runTool('@graphql-codegen/cli', 'graphql-codegen', ['--config', 'codegen.yml', '--check'])],
];

const failed: string[] = [];
for (const [name, run] of CHECKS) {
  const { ok, output } = run();
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name}\n`);
  if (ok) continue;
  process.stdout.write(`${output.trimEnd().replace(/^/gm, '       ')}\n`);
  failed.push(name);
}
if (failed.length > 0) {
  process.stdout.write(`${failed.length} of ${CHECKS.length} checks failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
