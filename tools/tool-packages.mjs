// The packages that hold the commands of the npm scripts, by command.
export const TOOL_PACKAGES = {
  biome: '@biomejs/biome',
  'graphql-codegen': '@graphql-codegen/cli',
  tsc: 'typescript',
  tsx: 'tsx',
  vite: 'vite',
  vitest: 'vitest',
};
