import { defineConfig } from 'vitest/config';

export default defineConfig({
  // TypeGraphQL and the tests must see one copy of graphql, or graphql-js says "from another module or realm".
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: [
      'src/**/*.test.ts',
      'pipeline/**/*.test.ts',
      'bench/**/*.test.ts',
      'tools/**/*.test.ts',
      'test/**/*.test.ts',
      'client/**/*.test.ts',
    ],
    testTimeout: 20_000,
    env: { TZ: 'UTC' },
  },
});
