import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** A log on disk (mode 0600) that never grows past twice its limit: the older half is kept as `<path>.1`. */
export class LogFile {
  readonly #path: string;
  readonly #limit: number;
  readonly #tail: string[] = [];
  #size: number;
  #warned = false;

  constructor(path: string, limitBytes = 5_000_000) {
    this.#path = path;
    this.#limit = limitBytes;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Appends one line. A log that cannot be written (a full disk) does not take the stack down: it warns once. */
  write(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > 20) this.#tail.shift();
    const text = `${line}\n`;
    try {
      if (this.#size > this.#limit) {
        renameSync(this.#path, `${this.#path}.1`);
        this.#size = 0;
      }
      appendFileSync(this.#path, text, { mode: 0o600 });
      this.#size += Buffer.byteLength(text);
    } catch (error) {
      if (!this.#warned) process.emitWarning(`${this.#path} cannot be written: ${error}`);
      this.#warned = true;
    }
  }

  /** The last lines written since this process started, oldest first. */
  get tail(): readonly string[] {
    return this.#tail;
  }
}
