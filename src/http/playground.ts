import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { placedDocument } from './base-path.ts';
import { sendDocument } from './pages.ts';

/** The page that a browser gets at `GET /graphql`. Its files are served together with those of the web app. */
export class Playground {
  readonly #page: string;

  private constructor(page: string) {
    this.#page = page;
  }

  /** Undefined when the page was not built. */
  static find(app: FastifyInstance, clientDirectory: string, basePath: string): Playground | undefined {
    const page = join(clientDirectory, 'playground', 'index.html');
    if (existsSync(page)) {
      // A browser starts no worker of another origin, so these files never come from ASSETS_URL.
      return new Playground(placedDocument(readFileSync(page, 'utf8'), { basePath, assetsUrl: undefined }));
    }
    app.log.warn({ page }, 'no playground: "npm run build" makes it');
    return undefined;
  }

  send(reply: FastifyReply): FastifyReply {
    return sendDocument(reply, this.#page);
  }
}
