import { badRequest } from "./errors.ts";

/** Walks over one URL parameter; the grammar files say what may come next. */
export class Scanner {
  #at = 0;

  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.#at >= this.text.length;
  }

  peek(expected: string): boolean {
    return this.text.startsWith(expected, this.#at);
  }

  /** Consumes `expected` when it is next. */
  accept(expected: string): boolean {
    if (!this.peek(expected)) return false;
    this.#at += expected.length;
    return true;
  }

  expect(expected: string): void {
    if (!this.accept(expected)) this.fail(`"${expected}"`);
  }

  /** Consumes what the sticky pattern matches here, if it does. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  /** A name, quoted when it holds reserved characters. */
  name(): string {
    const quoted = this.quoted();
    if (quoted !== null) return quoted;
    return this.match(/[\p{L}\p{N}_$ ](?:[\p{L}\p{N}_$ ]|-(?!>))*/uy)?.[0].trim() ?? this.fail("a name");
  }

  /** "text with \" and \\ escaped" */
  quoted(): string | null {
    const found = this.match(/"((?:[^"\\]|\\.)*)"/suy);
    return found ? (found[1] ?? "").replace(/\\(.)/gsu, "$1") : null;
  }

  fail(expected: string): never {
    throw badRequest(
      `"failed to parse (${this.text.slice(0, 200)})" (line 1, column ${this.#at + 1})`,
      `expecting ${expected}`,
    );
  }
}
