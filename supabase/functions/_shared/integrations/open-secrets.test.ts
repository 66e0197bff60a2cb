import { expect, test } from "vitest";
import { parseKeyRing } from "./key-ring.ts";
import { openSecrets } from "./open-secrets.ts";
import { sealSecret } from "./secret-box.ts";

const key = (id: string) => parseKeyRing(`${id}:${btoa(id.padEnd(32, "0"))}`);
const owner = { workspaceId: crypto.randomUUID(), integrationId: crypto.randomUUID() };
const sealed = (id: string, secret: string) => sealSecret(key(id), owner, secret);

test("secrets open newest first; an integration may have none", async () => {
  const signing = [await sealed("a", "new"), await sealed("a", "old")];
  expect(await openSecrets(key("a"), owner, { signing, header: await sealed("a", "value") })).toEqual({
    signing: ["new", "old"],
    header: "value",
  });
  expect(await openSecrets(key("a"), owner, {})).toEqual({ signing: [], header: null });
});

test("after a key was lost, saving the secret again is enough: the one before is left out", async () => {
  const lost = await sealed("lost", "old");
  expect(await openSecrets(key("a"), owner, { signing: [await sealed("a", "new"), lost] })).toMatchObject({
    signing: ["new"],
  });
  await expect(openSecrets(key("a"), owner, { signing: [lost] })).rejects.toMatchObject({
    code: "unknown_key",
  });
  await expect(openSecrets(key("a"), owner, { header: lost })).rejects.toMatchObject({ code: "unknown_key" });
});
