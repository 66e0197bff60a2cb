import type { ImportMapping } from "@contracts";

export type Encoding = ImportMapping["encoding"];

/** Bytes at the start of a file that the detection looks at. */
export const ENCODING_SAMPLE_BYTES = 64 * 1024;

const startsWith = (bytes: Uint8Array, prefix: number[]) => prefix.every((byte, at) => bytes[at] === byte);

function fromByteOrderMark(head: Uint8Array): Encoding | null {
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return "utf-8";
  if (startsWith(head, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(head, [0xfe, 0xff])) return "utf-16be";
  return null;
}

/** UTF-16 without a byte order mark: Western text has a zero in every second byte. */
function fromZeroBytes(head: Uint8Array): Encoding | null {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at] === 0) at % 2 === 0 ? even++ : odd++;
  }
  const half = head.length / 2;
  if (odd > half * 0.3 && even < half * 0.05) return "utf-16le";
  if (even > half * 0.3 && odd < half * 0.05) return "utf-16be";
  return null;
}

/** Text that is not valid UTF-8 throughout: a UTF-8 file with a few damaged bytes, or a file in a Western code page? */
function fromDamage(head: Uint8Array): Encoding {
  const text = new TextDecoder("utf-8").decode(head);
  let damaged = 0;
  let foreign = 0;
  for (const character of text) {
    if (character === "\uFFFD") damaged++;
    else if (character > "\u007F") foreign++;
  }
  return foreign > damaged * 4 ? "utf-8" : "windows-1252";
}

async function isUtf8(file: Blob): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = file.stream().getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      decoder.decode(part.value, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await reader.cancel();
  }
}

/**
 * The encoding of a text file: by its byte order mark, else UTF-16 by its zero bytes, else UTF-8 if all of the file is valid UTF-8
 * (read as a stream), else Windows-1252, of which latin-1 is a part.
 */
export async function detectEncoding(file: Blob): Promise<Encoding> {
  const head = new Uint8Array(await file.slice(0, ENCODING_SAMPLE_BYTES).arrayBuffer());
  const certain = fromByteOrderMark(head) ?? fromZeroBytes(head);
  if (certain !== null) return certain;
  return (await isUtf8(file)) ? "utf-8" : fromDamage(head);
}
