import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** One emitted chunk, as much of it as the sum needs. `name` is the module it was made for. */
export interface ChunkSummary {
  fileName: string;
  name: string;
  isEntry: boolean;
  imports: string[];
  gzipBytes: number;
}

/**
 * Gzip bytes of JavaScript that a browser needs to draw a page: the entry, the lazily loaded chunks with the given names and all
 * that these import statically, each counted once. Throws when a named chunk does not exist.
 */
export function firstLoad(chunks: readonly ChunkSummary[], lazyNames: readonly string[]): number {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const lazyChunks = lazyNames.map((name) => {
    const found = chunks.find((chunk) => chunk.name === name);
    if (!found) throw new Error(`There is no chunk named ${name}.`);
    return found;
  });
  const needed = new Set<ChunkSummary>();
  const visit = (chunk: ChunkSummary | undefined): void => {
    if (!chunk || needed.has(chunk)) return;
    needed.add(chunk);
    for (const file of chunk.imports) visit(byFile.get(file));
  };
  for (const chunk of [...chunks.filter(({ isEntry }) => isEntry), ...lazyChunks]) visit(chunk);
  return [...needed].reduce((sum, chunk) => sum + chunk.gzipBytes, 0);
}

interface Budget {
  /** What is printed. */
  page: string;
  /** Names of the page's lazily loaded chunks. */
  chunks: string[];
  /** In kilobytes of 1,024 bytes. */
  limit: number;
}

/** Vite plugin: prints how much JavaScript (gzip) each page needs to be drawn and fails the build when one is over its limit. */
export function bundleBudget(budgets: readonly Budget[]): Plugin {
  return {
    name: "bundle-budget",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) =>
        file.type === "chunk" ? [{ ...file, gzipBytes: gzipSync(file.code).byteLength }] : [],
      );
      for (const { page, chunks: names, limit } of budgets) {
        const kilobytes = firstLoad(chunks, names) / 1024;
        const text = `${page} needs ${kilobytes.toFixed(1)} KB of JavaScript (gzip), the limit is ${limit} KB.`;
        if (kilobytes > limit) this.error(text);
        this.info(text);
      }
    },
  };
}
