import fc from "fast-check";
import { expect, test } from "vitest";
import { parseKeyRing } from "../integrations/key-ring.ts";
import { createJobToken } from "./job-token.ts";
import { keptMessage, keptText } from "./kept-text.ts";

const ring = parseKeyRing(`k1:${btoa("0".repeat(32))}`);

test("what is kept has at most 64 KB, is the beginning of the text, and says when it was cut", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.integer({ min: 1, max: 20_000 }),
      (piece, times) => {
        const text = piece.repeat(times);
        const kept = keptText(text, []);
        const isShort = new TextEncoder().encode(text).length <= 64 * 1024;
        expect(new TextEncoder().encode(kept).length).toBeLessThanOrEqual(64 * 1024);
        expect(kept.endsWith(" … (cut)")).toBe(!isShort);
        if (isShort) expect(kept).toBe(text);
        else expect(text.startsWith(kept.slice(0, -" … (cut)".length))).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test("secrets and job tokens are hidden wherever they are, also where the text is cut", async () => {
  const ids = { workspaceId: crypto.randomUUID(), batchId: crypto.randomUUID() };
  const tokens = await Promise.all(
    ["4711", "test-company-0123abcd"].map((jobId) => createJobToken(ring, { ...ids, jobId })),
  );
  const text = `${"x".repeat(64 * 1024 - 100)}${tokens.join(" ")} and s3cret`;
  const kept = keptText(text, ["s3cret", ""]);
  expect(kept).toContain("[hidden] [hidden] and [hidden]");
  for (const part of ["s3cret", ids.batchId, ids.workspaceId]) expect(kept).not.toContain(part);
});

test("messages that differ only where they are cut are told apart", () => {
  const text = "x".repeat(70_000);
  expect(keptMessage(`${text}a`, [])).not.toBe(keptMessage(`${text}b`, []));
  expect(keptMessage(`${text}a`, [])).toBe(keptMessage(`${text}a`, []));
  expect(new TextEncoder().encode(keptMessage(text, [])).length).toBeLessThanOrEqual(64 * 1024);
});
