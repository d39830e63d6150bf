import { readFile } from 'node:fs/promises';
import { type ModelConfig, parseModelConfig } from '../../src/engine/recommender/model-config.ts';
import { CliError } from '../cli/cli-error.ts';

/** Reads a feature config: one of pipeline/config by its name, or any JSON file by its path. */
export async function readFeatureConfig(name: string): Promise<ModelConfig> {
  const path = /^[a-z]+$/.test(name) ? new URL(`../config/${name}.json`, import.meta.url) : name;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CliError(`--config ${name}: cannot be read; give default, reference or the path of a JSON file`, { exitCode: 2, cause });
  }
  try {
    return parseModelConfig(JSON.parse(text), `config ${name}`);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new CliError(`config ${name}: not JSON (${cause.message})`, { cause });
    throw new CliError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
