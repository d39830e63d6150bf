import { type Browser, chromium } from 'playwright-core';
import { type RealProgram, realProgram } from './debian-package.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function findChromium(): RealProgram {
  return realProgram(['chromium', 'chromium-browser', 'google-chrome'], 'chromium');
}

/** Each launch has an empty profile of its own. */
export function launchChromium(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: FLAGS });
}
