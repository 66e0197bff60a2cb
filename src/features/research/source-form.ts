import {
  fieldProblem,
  PAGE_MARK,
  SOURCE_LIMITS,
  type Source,
  type SourceField,
  type SourceFormat,
  source as sourceSchema,
} from "@contracts";
import { checkNumber, readNumber } from "@/lib/typed-number";

/** A source as it is typed. */
export interface SourceDraft {
  url: string;
  format: SourceFormat;
  items: string;
  name: string;
  website: string;
  next: string;
  firstPage: string;
  maxPages: string;
}

/** What is wrong with each field, in words. */
export type SourceProblems = Partial<Record<keyof SourceDraft, string>>;

const EMPTY: SourceDraft = {
  url: "",
  format: "html",
  items: "",
  name: "",
  website: "",
  next: "",
  firstPage: "1",
  maxPages: "100",
};

/** A source to type on: the one that was read last, or an empty one. */
export function draftOf(source: Source | null | undefined): SourceDraft {
  if (!source) return EMPTY;
  return {
    url: source.url,
    format: source.format ?? EMPTY.format,
    items: source.items ?? "",
    name: source.name ?? "",
    website: source.website ?? source.domain ?? "",
    next: source.next ?? "",
    firstPage: String(source.first_page ?? 1),
    maxPages: String(source.max_pages ?? SOURCE_LIMITS.pages),
  };
}

/** Whether the pages of the source are numbered, so that each can be asked for by itself. */
export function isNumbered({ url }: SourceDraft): boolean {
  return url.includes(PAGE_MARK);
}

/** The typed source. An integration needs to know its addresses alone. */
export function sourceOf(draft: SourceDraft, isWeb: boolean): Source {
  const given = (name: SourceField, text: string) => (text.trim() === "" ? {} : { [name]: text.trim() });
  return {
    url: draft.url.trim(),
    ...(isWeb && {
      format: draft.format,
      ...given("items", draft.items),
      ...given("name", draft.name),
      ...given("website", draft.website),
      ...(!isNumbered(draft) && given("next", draft.next)),
    }),
    ...(isNumbered(draft) && { first_page: readNumber(draft.firstPage) }),
    max_pages: readNumber(draft.maxPages),
  };
}

/** What is wrong with a typed source; nothing if it can be read. */
export function sourceProblems(draft: SourceDraft, isWeb: boolean): SourceProblems {
  const numbered = isNumbered(draft);
  const problems = {
    url: sourceSchema.shape.url.safeParse(draft.url.trim()).success
      ? null
      : "Enter the address of the list, beginning with https://.",
    ...(numbered && {
      firstPage: checkNumber({ min: 0, max: SOURCE_LIMITS.firstPage, whole: true }, draft.firstPage),
    }),
    maxPages: checkNumber({ min: 1, max: SOURCE_LIMITS.pages, whole: true }, draft.maxPages),
    ...(isWeb && fieldProblems(draft, numbered)),
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== null));
}

function fieldProblems(draft: SourceDraft, numbered: boolean) {
  const { format } = draft;
  const problemOf = (name: SourceField, text: string) =>
    text.length > SOURCE_LIMITS.field
      ? `Enter at most ${SOURCE_LIMITS.field} characters.`
      : fieldProblem(format, name, text);
  const isNameless = draft.name.trim() === "" && draft.website.trim() === "";
  return {
    items:
      format === "html" && draft.items.trim() === ""
        ? "Say which elements of the page are the companies."
        : problemOf("items", draft.items),
    name: isNameless ? "Say where a company’s name or its website is." : problemOf("name", draft.name),
    website: problemOf("website", draft.website),
    ...(!numbered && { next: problemOf("next", draft.next) }),
  };
}
