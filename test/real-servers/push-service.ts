import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWebPushKeys } from '../../src/web-push/web-push-keys.ts';

/** Keys of a server. */
export const PUSH_KEYS = createWebPushKeys();

export interface ReceivedPush {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A push service on this machine, which keeps what it gets. */
export class RealPushService {
  readonly received: ReceivedPush[] = [];
  /** What it answers next, the last one for good. */
  answers: { status: number; headers?: Record<string, string> }[] = [{ status: 201 }];
  /** Keeps each message waiting for its answer. */
  hold: Promise<void> | undefined;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<RealPushService> {
    const server = createServer();
    const service = new RealPushService(server);
    server.on('request', (request, response) => {
      // A caller that gave up in the middle gets no answer.
      service.#answer(request, response).catch(() => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return service;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    this.received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
    await this.hold;
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    response.writeHead(answer?.status ?? 201, answer?.headers ?? {}).end();
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async down(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** What a browser keeps of its subscription. */
export class TestBrowser {
  readonly auth = randomBytes(16);
  readonly #pair: ECDH = createECDH('prime256v1');

  constructor() {
    this.#pair.generateKeys();
  }

  /** As `PushSubscription.toJSON` gives it. */
  subscription(endpoint: string): { endpoint: string; p256dh: string; auth: string } {
    return { endpoint, p256dh: this.#pair.getPublicKey('base64url'), auth: this.auth.toString('base64url') };
  }

  /** Reads a message as RFC 8291 says. Throws when it is for somebody else. */
  decrypt(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const keyEnd = 21 + body[20];
    const serverKey = body.subarray(21, keyEnd);
    const shared = this.#pair.computeSecret(serverKey);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#pair.getPublicKey(), serverKey]);
    const secret = Buffer.from(hkdfSync('sha256', shared, this.auth, info, 32));
    const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(body.subarray(-16));
    const text = Buffer.concat([decipher.update(body.subarray(keyEnd, -16)), decipher.final()]);
    const end = text.lastIndexOf(2);
    if (text.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('the padding is not zero');
    return text.subarray(0, end).toString();
  }
}
