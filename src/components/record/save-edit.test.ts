import { expect, test } from "vitest";
import { saveEdit } from "./save-edit";

interface Edit {
  name?: string;
  tags?: string[];
}

/** A row on the server; `meanwhile` is what others do between a read and the write after it, each once. */
function row(tags: string[], meanwhile: (() => void)[] = []) {
  const state = { name: "Acme", tags, updated_at: "0" };
  const change = (edit: Edit) =>
    Object.assign(state, edit, { updated_at: `${Number(state.updated_at) + 1}` });
  const access = {
    read: async () => {
      const read = { ...state };
      meanwhile.shift()?.();
      return read;
    },
    write: async (edit: Edit, since?: string) => {
      if (since !== undefined && since !== state.updated_at) return null;
      return { ...change(edit) };
    },
  };
  return { state, change, access, meanwhile };
}

test("a tag that somebody else added since the row was shown stays", async () => {
  const { access, state } = row(["a", "theirs"]);
  await saveEdit({ tags: ["a"] }, { tags: ["mine"] }, access);
  expect(state.tags).toEqual(["theirs", "mine"]);
});

test("a tag that somebody adds in the very moment stays too", async () => {
  const { access, state, change, meanwhile } = row(["a"]);
  meanwhile.push(() => change({ tags: ["a", "theirs"] }));
  await saveEdit({ tags: ["a"] }, { tags: ["a", "mine"] }, access);
  expect(state.tags).toEqual(["a", "theirs", "mine"]);
});

test("a row that changes all the time is not saved, and says so", async () => {
  const { access, change, meanwhile, state } = row(["a"]);
  for (let i = 0; i < 10; i += 1) meanwhile.push(() => change({ name: `Acme ${i}` }));
  await expect(saveEdit({ tags: ["a"] }, { tags: ["mine"] }, access)).rejects.toThrow("not saved");
  expect(state.tags).toEqual(["a"]);
});

test("who may look at a row but not change it is told so", async () => {
  const { access } = row(["a"]);
  const refused = saveEdit(
    { tags: ["a"] },
    { name: "Bolt" },
    { ...access, write: async (_edit: Edit) => null },
  );
  await expect(refused).rejects.toMatchObject({ status: 403 });
});

test("other fields are written as they are", async () => {
  const { access, state } = row(["a"]);
  await saveEdit({ tags: ["old"] }, { name: "Bolt" }, access);
  expect(state).toMatchObject({ name: "Bolt", tags: ["a"] });
});
