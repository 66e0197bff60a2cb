/** What is shown of a mail. */
export interface OutgoingMail {
  to: string;
  subject: string;
  text: string;
  link?: string;
  code?: string;
}

export interface StoredMail extends OutgoingMail {
  id: number;
  /** ISO 8601 */
  sentAt: string;
}

/** Mails that would be sent, kept in memory, the latest `capacity` of them. */
export class Outbox {
  readonly #capacity: number;
  #mails: StoredMail[] = [];
  #lastId = 0;

  constructor(capacity = 200) {
    this.#capacity = capacity;
  }

  add({ to, subject, text, link, code }: OutgoingMail): void {
    const mail = { id: ++this.#lastId, sentAt: new Date().toISOString(), to, subject, text };
    const stored = { ...mail, ...(link !== undefined && { link }), ...(code !== undefined && { code }) };
    this.#mails = [stored, ...this.#mails].slice(0, this.#capacity);
  }

  /** Newest first. */
  get mails(): readonly StoredMail[] {
    return this.#mails;
  }
}
