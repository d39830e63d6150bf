import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** How the kits write where a probe asks. A probe of the start may ask for either: Cloud Run has no other one before requests. */
const PROBE = /(readiness|liveness|HealthCheckPath|httpchk|healthCheck)[\s\S]{0,60}?(\/(?:films\/)?(?:ready|health))\b/gi;
/** What fails these is restarted. */
const RESTARTS = /liveness|HealthCheckPath/i;

const kits = globSync('deploy/{kubernetes,cloud,proxy}/**/*.*').filter((file) => readFileSync(file, 'utf8').match(PROBE));

// What restarts a server must not ask whether it is ready: no restart brings a database back.
it.each(kits)('%s restarts what is not alive, and sends requests to what is ready', (file) => {
  for (const [, probe = '', path] of readFileSync(file, 'utf8').matchAll(PROBE))
    expect([probe, path?.replace('/films', '')]).toEqual([probe, RESTARTS.test(probe) ? '/health' : '/ready']);
});
