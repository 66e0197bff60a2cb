import type { Readable } from "node:stream";

const maxLength = 4_000;

/** Calls back with each line of a stream; a longer one is cut, so that a line without end cannot fill the memory. */
export function onLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = (lines.pop() ?? "").slice(0, maxLength);
    for (const line of lines) onLine(line.slice(0, maxLength));
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
