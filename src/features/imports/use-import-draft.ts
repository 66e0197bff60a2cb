import type { ImportJob, ImportKind, ImportMapping } from "@contracts";
import { useEffect, useRef, useState } from "react";
import { useUserId } from "@/stores/session";
import { FileParser } from "./parser/parser";
import { ImportFileError } from "./reading/import-file-error";
import type { OpenedFile } from "./reading/open-file";
import type { FileCheck } from "./rows/check-file";
import { JOINED_FIELDS, type Target } from "./rows/fields";
import { type Column, matchColumns } from "./rows/headers";
import { detectKind } from "./rows/kind";
import { beginImport } from "./sending/running-imports";

/** Where an import is on its way from a file to the server. */
export type ImportStep =
  | { name: "file"; opening: File | null; error: unknown }
  | { name: "match"; file: File; opened: OpenedFile; kind: ImportKind; columns: Column[] }
  | {
      name: "check";
      file: File;
      headerRows: number;
      bytes: number;
      rows: number;
      check: FileCheck | null;
      error: unknown;
    }
  | { name: "sending"; key: string };

type Draft = { file: File; kind: ImportKind; mapping: ImportMapping };

function mappingOf(opened: OpenedFile, columns: readonly Column[]): ImportMapping {
  return {
    version: 1,
    ...opened.format,
    header_rows: opened.headerRows,
    columns: columns.map(({ header, target }) => ({ header, target })),
  };
}

/** The columns with one of them meaning something else; a field that another column had goes from there. */
function retarget(columns: readonly Column[], index: number, target: Target): Column[] {
  const single = target !== "custom" && target !== "skip" && !JOINED_FIELDS.has(target);
  return columns.map((column, at) => {
    if (at === index) return { ...column, target, confidence: "certain" };
    return single && column.target === target ? { ...column, target: "custom", confidence: "none" } : column;
  });
}

function otherFile(file: File, unfinished: ImportJob): ImportFileError {
  return new ImportFileError(
    `“${file.name}” is not the file this import began with. Choose “${unfinished.file_name}” as it was, or start a new import.`,
  );
}

const START: ImportStep = { name: "file", opening: null, error: null };

/**
 * One import from choosing a file to sending it. The file is read in a worker that ends with the component, unless sending
 * has begun: then the running imports own it.
 */
export function useImportDraft(campaignId: string, unfinished: ImportJob | null) {
  const [step, setStep] = useState<ImportStep>(START);
  const [draft, setDraft] = useState<Draft | null>(null);
  const matched = useRef<ImportStep>(START);
  const parser = useRef<FileParser | null>(null);
  const userId = useUserId();

  const newParser = () => {
    parser.current?.close();
    parser.current = new FileParser();
    return parser.current;
  };
  useEffect(() => () => parser.current?.close(), []);

  /** Reads the whole file; what a later choice has overtaken is dropped. */
  const check = async (next: Draft) => {
    const reader = parser.current ?? newParser();
    const progress: ImportStep = {
      name: "check",
      file: next.file,
      headerRows: next.mapping.header_rows,
      bytes: 0,
      rows: 0,
      check: null,
      error: null,
    };
    setDraft(next);
    setStep(progress);
    try {
      const result = await reader.check(next.file, next.kind, next.mapping, (bytes, rows) => {
        if (parser.current === reader) setStep({ ...progress, bytes, rows });
      });
      if (unfinished && result.hash !== unfinished.file_hash) throw otherFile(next.file, unfinished);
      if (parser.current === reader) setStep({ ...progress, rows: result.rows, check: result });
    } catch (error) {
      if (parser.current === reader) setStep({ ...progress, error });
    }
  };

  const choose = async (file: File, hasHeader: boolean | null = null) => {
    if (unfinished) return await continueWith(file, unfinished);
    const reader = newParser();
    setStep({ name: "file", opening: file, error: null });
    try {
      const opened = await reader.open(file, hasHeader);
      if (parser.current !== reader) return;
      const kind = detectKind(opened.headers, opened.sample);
      setStep({
        name: "match",
        file,
        opened,
        kind,
        columns: matchColumns(kind, opened.headers, opened.sample),
      });
    } catch (error) {
      if (parser.current === reader) setStep({ name: "file", opening: null, error });
    }
  };

  const continueWith = async (file: File, job: ImportJob) => {
    const { kind, mapping } = job;
    if (mapping && file.size === job.file_size) await check({ file, kind, mapping });
    else setStep({ name: "file", opening: null, error: otherFile(file, job) });
  };

  return {
    step,
    choose,
    /** Switches between companies and contacts; the columns are matched anew. */
    setKind(kind: ImportKind) {
      if (step.name !== "match") return;
      const { headers, sample } = step.opened;
      setStep({ ...step, kind, columns: matchColumns(kind, headers, sample) });
    },
    setTarget(index: number, target: Target) {
      if (step.name === "match") setStep({ ...step, columns: retarget(step.columns, index, target) });
    },
    /** Makes every column without a field custom, or skips them all. */
    setRest(target: "custom" | "skip") {
      if (step.name !== "match") return;
      const columns = step.columns.map((column) =>
        column.target === "custom" || column.target === "skip" ? { ...column, target } : column,
      );
      setStep({ ...step, columns });
    },
    checkFile() {
      if (step.name !== "match") return;
      matched.current = step;
      void check({ file: step.file, kind: step.kind, mapping: mappingOf(step.opened, step.columns) });
    },
    /** Back to the columns, or to choosing another file. A check that is under way ends. */
    back() {
      parser.current?.close();
      parser.current = null;
      setStep(step.name === "check" && !unfinished ? matched.current : START);
    },
    send() {
      if (step.name !== "check" || !step.check || !draft || !parser.current || !userId) return;
      const { hash, rows, chunkCount } = step.check;
      const { file, kind, mapping } = draft;
      const whole = {
        campaignId,
        kind,
        mapping,
        fileName: file.name,
        fileSize: file.size,
        fileHash: hash,
        totalRows: rows,
      };
      const key = beginImport(whole, userId, parser.current, chunkCount);
      parser.current = null;
      setStep({ name: "sending", key });
    },
  };
}

/** One import from choosing a file to sending it. */
export type ImportDraft = ReturnType<typeof useImportDraft>;
