/** A mail as it goes out. */
export interface OutgoingMail {
  /** The same for each attempt to send the mail, so that mail programs show it once. */
  id: string;
  address: string;
  subject: string;
  text: string;
  html: string;
}

export interface MailTransport {
  /** Throws a MailFailure. */
  send(mail: OutgoingMail): Promise<void>;
  /** Connects and signs in, and sends nothing. Throws a MailFailure. */
  verify(): Promise<void>;
  close(): void;
}

/** Why a mail could not be sent. The message is for the log: it holds neither the password nor an address. */
export class MailFailure extends Error {
  override readonly name = 'MailFailure';
  /**
   * `server`: no mail can be sent now. `later`: the mail server wants this mail later. `never`: it refuses this mail for good.
   */
  readonly kind: 'server' | 'later' | 'never';

  constructor(reason: string, kind: MailFailure['kind']) {
    super(reason);
    this.kind = kind;
  }
}
