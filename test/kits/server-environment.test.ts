import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SERVER_ENVIRONMENT } from '../../tools/server-environment.mjs';

it.each(['deploy/Containerfile', 'deploy/systemd/cinematch.service'])('%s starts the server as npm start does', (file) => {
  const text = readFileSync(file, 'utf8');
  const found = Object.keys(SERVER_ENVIRONMENT).map((name) => [name, new RegExp(`\\b${name}=(\\S+)`).exec(text)?.[1]]);
  expect(Object.fromEntries(found)).toEqual(SERVER_ENVIRONMENT);
});
