import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** One emitted chunk, as much of it as the sum needs. */
export interface ChunkSummary {
  fileName: string;
  isEntry: boolean;
  isDynamicEntry: boolean;
  imports: string[];
  gzipBytes: number;
}

/** A page's first load: the entry, the page's own chunk and everything both import statically, each counted once. */
export interface FirstLoad {
  page: string;
  gzipBytes: number;
}

/** Gzip bytes a browser must fetch for the entry alone and for the entry plus each lazily loaded chunk, largest first. */
export function firstLoads(chunks: ChunkSummary[]): FirstLoad[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entries = chunks.filter((chunk) => chunk.isEntry);
  const total = (start: ChunkSummary[]): number => {
    const seen = new Set<string>();
    const stack = start.map((chunk) => chunk.fileName);
    let bytes = 0;
    for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
      const chunk = byName.get(name);
      if (seen.has(name) || !chunk) continue;
      seen.add(name);
      bytes += chunk.gzipBytes;
      stack.push(...chunk.imports);
    }
    return bytes;
  };
  const pages = chunks.filter((chunk) => chunk.isDynamicEntry);
  return [
    { page: "entry", gzipBytes: total(entries) },
    ...pages.map((page) => ({ page: page.fileName, gzipBytes: total([...entries, page]) })),
  ].sort((a, b) => b.gzipBytes - a.gzipBytes);
}

/** Vite plugin: prints the JavaScript of the first load and fails the build when the entry is over the limit (kilobytes of 1,024 bytes). */
export function bundleBudget({ limitKilobytes }: { limitKilobytes: number }): Plugin {
  return {
    name: "bundle-budget",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) =>
        file.type === "chunk" ? [{ ...file, gzipBytes: gzipSync(file.code, { level: 9 }).byteLength }] : [],
      );
      const loads = firstLoads(chunks);
      const entry = loads.find((load) => load.page === "entry");
      const kilobytes = (load: FirstLoad) => (load.gzipBytes / 1024).toFixed(1);
      for (const load of loads.slice(0, 5)) this.info(`${load.page}: ${kilobytes(load)} KB gzip`);
      if (entry && entry.gzipBytes > limitKilobytes * 1024) {
        this.error(
          `Initial JavaScript is ${kilobytes(entry)} KB gzip, over the budget of ${limitKilobytes} KB.`,
        );
      }
    },
  };
}
