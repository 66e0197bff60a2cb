import { Buffer, isUtf8 } from "node:buffer";
import type { Document, Element } from "domhandler";
import { decodeBuffer } from "encoding-sniffer";
import { DomHandler, Parser } from "htmlparser2";

/**
 * Bounds on one document. No page made for people comes near them; past them parsing stops and what has been read
 * so far is the document. Closing an unknown tag searches the open ones, so depth bounds time as well as stack.
 */
const MAX_DEPTH = 200;
const MAX_ELEMENTS = 20_000;
const MAX_ATTRIBUTES = 100_000;

/**
 * Decodes as browsers do: byte order mark, then the charset of the content-type header, then the document's own meta.
 * Without any of them UTF-8 if the bytes are valid UTF-8, else windows-1252.
 */
export function decodeHtml(bytes: Uint8Array, contentType: string | undefined): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const charset = /charset\s*=\s*["']?([\w:.-]{1,40})/i.exec(contentType ?? "")?.[1];
  return decodeBuffer(buffer, {
    maxBytes: 4096,
    defaultEncoding: isUtf8(buffer) ? "utf-8" : "windows-1252",
    ...(charset === undefined ? {} : { transportLayerEncodingLabel: charset }),
  });
}

/** Parses HTML of any quality in bounded time and memory. Scripts other than JSON-LD and styles are left empty. */
export function parseHtml(html: string): Document {
  const handler = new BoundedHandler();
  const parser = new Parser(handler, { decodeEntities: true });
  parser.write(html);
  if (!handler.isFull) parser.end();
  return handler.root;
}

class BoundedHandler extends DomHandler {
  isFull = false;
  #elements = 0;
  #attributes = 0;
  #stop: () => void = () => {};

  override onparserinit(parser: Parser): void {
    super.onparserinit(parser);
    this.#stop = () => {
      this.isFull = true;
      parser.pause();
    };
  }

  onattribute(): void {
    this.#attributes += 1;
    if (this.#attributes >= MAX_ATTRIBUTES) this.#stop();
  }

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#elements += 1;
    if (this.#elements >= MAX_ELEMENTS || this.tagStack.length >= MAX_DEPTH) this.#stop();
    super.onopentag(name, attributes);
  }

  override ontext(data: string): void {
    const parent = this.tagStack.at(-1);
    // The handler's stack holds the document and elements only.
    if (parent?.type === "style" || (parent?.type === "script" && !isJsonLd(parent as Element))) return;
    super.ontext(data);
  }

  override oncomment(): void {}
  override oncommentend(): void {}
}

/** Whether an element is a script that holds JSON-LD. */
export function isJsonLd(element: Element): boolean {
  return element.name === "script" && /^\s*application\/ld\+json\b/i.test(element.attribs.type ?? "");
}
