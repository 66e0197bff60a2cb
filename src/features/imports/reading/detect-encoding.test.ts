import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectEncoding } from "./detect-encoding";

const utf16 = (text: string, bigEndian: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
};
const of = (...parts: (Uint8Array<ArrayBuffer> | string)[]) => detectEncoding(new Blob(parts));

describe("the encoding of a file", () => {
  it("is read from its byte order mark", async () => {
    expect(await of(new Uint8Array([0xef, 0xbb, 0xbf]), "name")).toBe("utf-8");
    expect(await of(new Uint8Array([0xff, 0xfe]), utf16("name", false))).toBe("utf-16le");
    expect(await of(new Uint8Array([0xfe, 0xff]), utf16("name", true))).toBe("utf-16be");
  });

  it("is UTF-16 without a mark when every second byte is zero", async () => {
    expect(await of(utf16("name,website\nMüller,mueller.de\n", false))).toBe("utf-16le");
    expect(await of(utf16("name,website\nMüller,mueller.de\n", true))).toBe("utf-16be");
  });

  it("is UTF-8 for any text written as UTF-8", async () => {
    const text = fc.string({
      unit: fc.string({ unit: "grapheme", minLength: 1 }).filter((part) => !part.includes("\0")),
    });
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        expect(await of(written)).toBe("utf-8");
      }),
    );
  });

  it("is Windows-1252 when the bytes are not UTF-8, also when that shows only far into the file", async () => {
    const latin1 = new Uint8Array(Buffer.from("Müller,Zürich\n", "latin1"));
    expect(await of("name,city\n", latin1)).toBe("windows-1252");
    expect(await of("name,city\n".repeat(50_000), latin1)).toBe("windows-1252");
  });

  it("stays UTF-8 when a few bytes of a UTF-8 file are damaged", async () => {
    expect(await of("Müller,Zürich,Café\n".repeat(10), new Uint8Array([0xfc]), "\n")).toBe("utf-8");
  });

  it("is UTF-8 when a character lies across two pieces of the file", async () => {
    expect(await of("x".repeat(65_535), "é", "x".repeat(65_535), "é")).toBe("utf-8");
  });
});
