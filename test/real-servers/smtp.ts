import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { freePorts } from './server-process.ts';

export interface ReceivedMail extends Email {
  /** The address of the envelope. */
  recipient: string;
  /** Whether the connection was encrypted, and who had signed in. */
  secure: boolean;
  user: string | undefined;
}

/** A mail server on this machine, which keeps what it gets. */
export class RealSmtp {
  readonly port: number;
  readonly received: ReceivedMail[] = [];
  /** Answers the next commands with this status; undefined: takes everything. */
  refuse: { at: 'recipient' | 'data'; status: number } | undefined;
  /** Keeps each mail waiting for its answer. */
  hold: Promise<void> | undefined;
  readonly #options: SMTPServerOptions;
  #server: SMTPServer | undefined;

  private constructor(port: number, options: SMTPServerOptions) {
    this.port = port;
    this.#options = options;
  }

  /** With `user` it takes mail from nobody else. Without `options` it offers no TLS. */
  static async start(user?: { name: string; password: string }, options: SMTPServerOptions = {}): Promise<RealSmtp> {
    const [port = 0] = await freePorts(1);
    const auth: SMTPServerOptions =
      user === undefined
        ? { authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'] }
        : {
            allowInsecureAuth: true,
            disabledCommands: ['STARTTLS'],
            onAuth({ username, password }, _session, done) {
              if (username === user.name && password === user.password) done(null, { user: username });
              else done(new Error('535 the password is wrong'));
            },
          };
    const server = new RealSmtp(port, { ...auth, ...options });
    await server.up();
    return server;
  }

  async up(): Promise<void> {
    const server = new SMTPServer({
      ...this.#options,
      logger: false,
      onRcptTo: (_address, _session, done) => done(this.#refusal('recipient')),
      onData: async (stream, session, done) => {
        const parts: Buffer[] = [];
        for await (const part of stream) parts.push(part);
        await this.hold;
        const refusal = this.#refusal('data');
        if (refusal === null) {
          const mail = await PostalMime.parse(Buffer.concat(parts));
          const recipient = session.envelope.rcptTo.map(({ address }) => address).join();
          this.received.push({
            ...mail,
            recipient,
            secure: session.secure,
            user: session.user === undefined ? undefined : String(session.user),
          });
        }
        done(refusal);
      },
    });
    // A client that hangs up.
    server.on('error', () => undefined);
    server.listen(this.port, '127.0.0.1');
    await once(server.server, 'listening');
    this.#server = server;
  }

  /** Is away until `up`. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) await new Promise<void>((resolve) => void server.close(() => resolve()));
  }

  to(address: string): ReceivedMail[] {
    return this.received.filter(({ recipient }) => recipient === address);
  }

  #refusal(at: 'recipient' | 'data'): Error | null {
    if (this.refuse?.at !== at) return null;
    return Object.assign(new Error('not taken'), { responseCode: this.refuse.status });
  }
}

/** The link of a mail; each mail has one. */
export function linkOf(mail: ReceivedMail | undefined): URL {
  const [address] = /https?:\/\/\S+/.exec(mail?.text ?? '') ?? [];
  if (address === undefined) throw new Error(`there is no link in the mail: ${mail?.text}`);
  return new URL(address);
}
