import { runNode } from '../../tools/run-tool.ts';

/** As `npm start` does: makes the build and the sample catalog when they are missing or out of date. Two at a time would disturb each other. */
export default function makeApp(): void {
  const prepared = runNode(['--disable-warning=ExperimentalWarning', 'tools/prepare.ts']);
  if (!prepared.ok) throw new Error(prepared.output);
}
