import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

/** Pictures of the build beside index.html. Their names do not change, so browsers ask for them again after a day. */
const ICONS = {
  'icon.svg': 'image/svg+xml',
  'icon-180.png': 'image/png',
  'icon-192.png': 'image/png',
  'icon-512.png': 'image/png',
} as const;
const DAY = 'public, max-age=86400';

/** Browsers compare it at each visit. It is what tells them of another build. */
const WORKER = 'service-worker.js';

export interface WebAppFiles {
  /** The folder of the built web app. */
  clientDirectory: string;
  basePath: string;
  /** The address of the list of pages; undefined: there is none. */
  sitemap: string | undefined;
}

/** What a browser needs to install the web app, and what crawlers ask for first. */
export async function webAppFiles(app: FastifyInstance, { clientDirectory, basePath, sitemap }: WebAppFiles): Promise<void> {
  const manifest = {
    name: 'CineMatch',
    short_name: 'CineMatch',
    description: "Find tonight's film.",
    id: `${basePath}/`,
    start_url: `${basePath}/tonight`,
    scope: `${basePath}/`,
    display: 'standalone',
    background_color: '#131110',
    theme_color: '#131110',
    icons: [
      { src: `${basePath}/icon.svg`, sizes: 'any', type: 'image/svg+xml' },
      { src: `${basePath}/icon-192.png`, sizes: '192x192', type: 'image/png' },
      // The picture fills its square, and what matters is within the circle that systems cut out.
      { src: `${basePath}/icon-512.png`, sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
    ],
    shortcuts: [
      { name: 'Tonight', url: `${basePath}/tonight` },
      { name: 'Watchlist', url: `${basePath}/watchlist` },
    ],
  };
  const text = JSON.stringify(manifest);
  app.get('/manifest.webmanifest', (_request, reply) => reply.type('application/manifest+json').header('cache-control', DAY).send(text));
  const rules = `User-agent: *\nDisallow: ${basePath}/api/\nDisallow: ${basePath}/graphql\nDisallow: ${basePath}/export.\nDisallow: ${basePath}/lists/\n`;
  const robots = sitemap === undefined ? rules : `${rules}Sitemap: ${sitemap}\n`;
  app.get('/robots.txt', (_request, reply) => reply.type('text/plain; charset=utf-8').header('cache-control', DAY).send(robots));
  const worker = join(clientDirectory, WORKER);
  if (existsSync(worker)) {
    const code = readFileSync(worker);
    const free = { config: { payment: 'free' } } as const;
    app.get(`/${WORKER}`, free, (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(code),
    );
  }
  for (const [name, type] of Object.entries(ICONS)) {
    const file = join(clientDirectory, name);
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    app.get(`/${name}`, (_request, reply) => reply.type(type).header('cache-control', DAY).send(bytes));
  }
}
