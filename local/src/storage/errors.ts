import pg from "pg";
import { Unauthorized } from "../identity.ts";

/** An answer in the Storage API's error shape. */
export class StorageFault extends Error {
  /** What went wrong as a status; the response itself is 400 unless it is 413, 416 or a 5xx, as hosted answers. */
  readonly status: number;
  /** The short name of the error, "not_found". */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get httpStatus(): 400 | 413 | 416 | 500 | 507 {
    const { status } = this;
    return status === 413 || status === 416 || status === 500 || status === 507 ? status : 400;
  }

  toJSON() {
    return { statusCode: String(this.status), error: this.code, message: this.message };
  }
}

export const objectNotFound = () => new StorageFault(404, "not_found", "Object not found");
export const bucketNotFound = () => new StorageFault(404, "Bucket not found", "Bucket not found");
const alreadyExists = () => new StorageFault(409, "Duplicate", "The resource already exists");
export const invalid = (message: string) => new StorageFault(400, "invalid_request", message);
export const tooLarge = () =>
  new StorageFault(413, "Payload too large", "The object exceeded the maximum allowed size");

/** What may be shown of an error; undefined when it is nobody's business but ours. */
export function toStorageFault(error: unknown): StorageFault | undefined {
  if (error instanceof StorageFault) return error;
  if (error instanceof Unauthorized) return new StorageFault(403, "Unauthorized", error.message);
  if (error instanceof pg.DatabaseError) {
    if (error.code === "42501") return new StorageFault(403, "Unauthorized", error.message);
    if (error.code === "23505") return alreadyExists();
    if (error.code === "23503") return bucketNotFound();
  }
  if (error instanceof Error && "code" in error && error.code === "ENOSPC") {
    return new StorageFault(507, "insufficient_storage", "The disk is full: free some space and try again");
  }
  return undefined;
}

/** The answer to an error that is nobody's business but ours, which is reported. */
export function unexpected(error: Error, report: (error: Error) => void): StorageFault {
  if (error instanceof SyntaxError) return invalid("The body is not JSON");
  report(error);
  return new StorageFault(500, "internal", "Storage could not answer: see the stack's log");
}
