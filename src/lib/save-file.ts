/** How long, in ms, a blob can still be read after its download was asked for. */
const KEPT_MS = 60_000;

/** Has the browser save a blob under a name, as a download. */
export function saveFile(content: Blob, fileName: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // Not every browser has begun to read the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
