/** A file that cannot be imported as it is. The message is for the user: what is wrong and what to do. */
export class ImportFileError extends Error {
  override readonly name = "ImportFileError";
}
