import { describe, expect, it } from "vitest";
import { openFile } from "./open-file";

const file = (content: string | Uint8Array<ArrayBuffer>, name = "leads.csv") => new File([content], name);

describe("opening a file", () => {
  it("finds the header, the first rows and how the file is written", async () => {
    expect(await openFile(file("\uFEFFName;Website\r\nAcme;acme.com\r\n"))).toEqual({
      format: { encoding: "utf-8", delimiter: ";", newline: "\n" },
      headerRows: 1,
      headers: ["Name", "Website"],
      sample: [["Acme", "acme.com"]],
    });
  });

  it("names the columns itself when the first line is data", async () => {
    const opened = await openFile(file("Acme,acme.com\nBolt,bolt.eu,x\n"));
    expect(opened).toMatchObject({ headerRows: 0, headers: ["Column 1", "Column 2", "Column 3"] });
    expect(opened.sample).toHaveLength(2);
  });

  it("believes the user about the header", async () => {
    const text = "Name,Website\nAcme,acme.com\n";
    expect(await openFile(file(text), false)).toMatchObject({
      headerRows: 0,
      headers: ["Column 1", "Column 2"],
    });
    expect(await openFile(file("a.com,b.com\nc.com,d.com\n"), true)).toMatchObject({
      headerRows: 1,
      headers: ["a.com", "b.com"],
    });
  });

  it("finds the header under notes and under Excel's sep= line", async () => {
    const notes = 'Notes:\n"When exporting, some"\n\nFirst Name,Last Name,Company\nAnn,Lee,Acme\n';
    expect(await openFile(file(notes))).toMatchObject({
      headerRows: 4,
      headers: ["First Name", "Last Name", "Company"],
    });
    expect(await openFile(file("sep=;\nName;Website\nAcme;acme.com\n"))).toMatchObject({
      headerRows: 2,
      headers: ["Name", "Website"],
    });
  });

  it("reads latin-1 and UTF-16", async () => {
    const latin1 = new Uint8Array(Buffer.from("Name,Ort\nMüller,Köln\n", "latin1"));
    expect((await openFile(file(latin1))).sample).toEqual([["Müller", "Köln"]]);
    const utf16 = new Uint8Array(Buffer.from("\uFEFFName\tOrt\nMüller\tKöln\n", "utf16le"));
    expect(await openFile(file(utf16))).toMatchObject({
      format: { delimiter: "\t" },
      sample: [["Müller", "Köln"]],
    });
  });

  it("numbers a column that is there twice, and takes 300 columns", async () => {
    expect((await openFile(file("Name,Phone,Phone\nA,1,2\n"))).headers).toEqual([
      "Name",
      "Phone",
      "Phone (2)",
    ]);
    const wide = Array.from({ length: 300 }, (_, at) => `c${at}`).join(",");
    expect((await openFile(file(`${wide}\n${wide}\n`))).headers).toHaveLength(300);
  });

  it("shows at most 50 rows of a long file", async () => {
    expect((await openFile(file(`name\n${"Acme\n".repeat(200_000)}`))).sample).toHaveLength(50);
  });

  it.each([
    ["an empty file", "", /is empty.*Choose a CSV/],
    ["blank lines", " \n\n\t\n", /only blank lines/],
    ["a header alone", "Name,Website\n", /a header but no rows/],
    ["a workbook", "PK\u0003\u0004rest", /Excel workbook.*save it as CSV/],
    ["a PDF", "%PDF-1.7\n", /is a PDF/],
    ["a web page", "<!DOCTYPE html><html></html>", /web page/],
    ["JSON", '[{"name": "Acme"}]', /is JSON/],
    ["a binary file", "\u0001\u0000\u0002\u0003abcdef\u0000\u0001ghijklmno", /not a text file/],
    ["more than 1,000 columns", `${"a,".repeat(1_001)}b\n${"1,".repeat(1_001)}2\n`, /1,002 columns/],
  ])("refuses %s, saying what to do", async (_, content, message) => {
    await expect(openFile(file(content))).rejects.toMatchObject({
      name: "ImportFileError",
      message: expect.stringMatching(message),
    });
  });
});
