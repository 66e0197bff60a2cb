import fc from "fast-check";
import { expect, it } from "vitest";
import { toBase64 } from "../base64.ts";
import { parseKeyRing } from "../integrations/key-ring.ts";
import { createJobToken, readJobToken } from "./job-token.ts";

const key = (byte: number) => toBase64(new Uint8Array(32).fill(byte));
const old = parseKeyRing(`old:${key(1)}`);
const rotated = parseKeyRing(`new:${key(2)},old:${key(1)}`);
const impostor = parseKeyRing(`old:${key(3)}`);

const claims = fc.record({
  workspaceId: fc.uuid(),
  batchId: fc.uuid(),
  jobId: fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }).map(String),
});

it("a token says which job of which batch and workspace it is for, also after the keys have rotated", async () => {
  await fc.assert(
    fc.asyncProperty(claims, async (job) => {
      expect(await readJobToken(rotated, await createJobToken(old, job))).toEqual(job);
      expect(await readJobToken(rotated, await createJobToken(rotated, job))).toEqual(job);
    }),
  );
});

it("is worth nothing for another job, batch or workspace, from another installation, or changed in one character", async () => {
  await fc.assert(
    fc.asyncProperty(claims, claims, fc.nat(), fc.base64String(), async (job, other, at, noise) => {
      const token = await createJobToken(old, job);
      const mac = token.slice(token.lastIndexOf("."));
      for (const name of ["workspaceId", "batchId", "jobId"] as const) {
        if (other[name] === job[name]) continue;
        const forged = (await createJobToken(old, { ...job, [name]: other[name] })).replace(/\.[^.]+$/, mac);
        expect(await readJobToken(old, forged)).toBeNull();
      }
      expect(await readJobToken(impostor, token)).toBeNull();
      const place = at % token.length;
      const changed = `${token.slice(0, place)}${token[place] === "x" ? "y" : "x"}${token.slice(place + 1)}`;
      const read = await readJobToken(old, changed);
      // The last character of base64 has two bits that mean nothing.
      expect(place === token.length - 1 || read === null).toBe(true);
      expect(await readJobToken(old, noise)).toBeNull();
    }),
  );
});

it("is worth nothing once its key is gone", async () => {
  const job = { workspaceId: crypto.randomUUID(), batchId: crypto.randomUUID(), jobId: "7" };
  const token = await createJobToken(old, job);
  expect(await readJobToken(parseKeyRing(`new:${key(2)}`), token)).toBeNull();
});
