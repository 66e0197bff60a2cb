import { describe, expect, it } from "vitest";
import { exportFileName } from "./file-name";

const day = new Date(2026, 0, 9);

describe("the name of an exported file", () => {
  it("says campaign, kind and day", () => {
    expect(exportFileName("Spring leads", "companies", day)).toBe(
      "Spring leads – companies – 2026-01-09.csv",
    );
  });

  it("has nothing that a file system refuses", () => {
    expect(exportFileName('../a: "b"/c\n', "contacts", day)).toBe("a b c – contacts – 2026-01-09.csv");
    expect(exportFileName(undefined, "contacts", day)).toBe("contacts – 2026-01-09.csv");
    expect(exportFileName("?", "contacts", day)).toBe("contacts – 2026-01-09.csv");
  });
});
