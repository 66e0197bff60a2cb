import { ENCODING_SAMPLE_BYTES, type Encoding } from "./detect-encoding";
import { ImportFileError } from "./import-file-error";

const SIGNATURES: { bytes: number[]; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: "an Excel workbook or a ZIP archive" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: "an old Excel workbook" },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: "a PDF" },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: "an image" },
  { bytes: [0xff, 0xd8, 0xff], what: "an image" },
  { bytes: [0x47, 0x49, 0x46, 0x38], what: "an image" },
  { bytes: [0x1f, 0x8b], what: "a compressed file" },
];

const MARKUP = /^\s*<(!doctype|html|\?xml)/i;
const JSON_START = /^\s*(\{\s*"|\[\s*[{[])/;

/** Throws an `ImportFileError` that says what the file is when its first bytes show that it is not a CSV file. */
export async function refuseOtherFiles(file: File, encoding: Encoding): Promise<void> {
  const advice = "Open it in a spreadsheet, save it as CSV and choose that file.";
  if (file.size === 0)
    throw new ImportFileError(
      `“${file.name}” is empty. Choose a CSV file with a header and at least one row.`,
    );

  const head = new Uint8Array(await file.slice(0, ENCODING_SAMPLE_BYTES).arrayBuffer());
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
  if (known) throw new ImportFileError(`“${file.name}” is ${known.what}, not a CSV file. ${advice}`);
  if (!encoding.startsWith("utf-16") && head.includes(0)) {
    throw new ImportFileError(`“${file.name}” is not a text file. ${advice}`);
  }

  const text = new TextDecoder(encoding).decode(head);
  if (text.trim() === "")
    throw new ImportFileError(`“${file.name}” has only blank lines. Choose a CSV file with rows.`);
  if (MARKUP.test(text))
    throw new ImportFileError(`“${file.name}” is a web page or XML, not a CSV file. ${advice}`);
  if (JSON_START.test(text)) throw new ImportFileError(`“${file.name}” is JSON, not a CSV file. ${advice}`);
}
