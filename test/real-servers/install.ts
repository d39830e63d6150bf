import { findChromium } from './chromium.ts';
import { findPostgres } from './postgres.ts';
import { findRedis } from './redis.ts';

/** Finds or installs the programs that tests run for real, once, before the test files start. */
export default function installPrograms(): void {
  for (const find of [findRedis, findPostgres, findChromium]) {
    const { path, hint } = find();
    if (path === undefined) process.stdout.write(`tests skipped that need what is not here: ${hint}\n`);
  }
}
