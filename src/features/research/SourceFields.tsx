import type { SourceFormat } from "@contracts";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { isNumbered, type SourceDraft, sourceProblems } from "./source-form";

const FORMATS: { value: SourceFormat; label: string }[] = [
  { value: "html", label: "A web page" },
  { value: "json", label: "JSON, from an API" },
];

const TEXT_FIELDS = ["url", "items", "name", "website", "next", "firstPage", "maxPages"] as const;
type TextField = (typeof TEXT_FIELDS)[number];

/** What each field is called, and how it is filled in, by format. */
const WORDS: Record<
  "items" | "name" | "website" | "next",
  Record<SourceFormat, { hint: string; example: string }>
> = {
  items: {
    html: { hint: "A CSS selector that finds each of them.", example: "ul.companies > li" },
    json: { hint: "The path of their list; empty if the answer is the list.", example: "data.items" },
  },
  name: {
    html: { hint: "Within a company: a selector; its text is taken.", example: "h3" },
    json: { hint: "Within a company: a path.", example: "name" },
  },
  website: {
    html: { hint: "A link, or an attribute after an @.", example: "a.site, or @data-domain" },
    json: { hint: "An address or a domain.", example: "links.homepage" },
  },
  next: {
    html: { hint: "The link to it. Empty if there is one page alone.", example: "a[rel=next]" },
    json: { hint: "The path of its address. Empty if there is one page alone.", example: "paging.next" },
  },
};

interface SourceFieldsProps {
  draft: SourceDraft;
  onChange: (draft: SourceDraft) => void;
  /** The web researcher reads it, and has to be told how. */
  isWeb: boolean;
}

/** Where companies are to be found: the address of a list, and where in it they are. */
export function SourceFields({ draft, onChange, isWeb }: SourceFieldsProps) {
  const problems = sourceProblems(draft, isWeb);
  const input = (name: TextField, placeholder?: string) => (
    <Input
      value={draft[name]}
      onValueChange={(text) => onChange({ ...draft, [name]: text })}
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
    />
  );
  /** An empty field is not wrong yet. */
  const errorOf = (name: TextField) => (draft[name].trim() === "" ? undefined : problems[name]);
  const missing = TEXT_FIELDS.find((name) => draft[name].trim() === "" && problems[name] !== undefined);
  const place = (name: keyof typeof WORDS, label: string) => {
    const { hint, example } = WORDS[name][draft.format];
    return (
      <Field label={label} description={hint} error={errorOf(name)}>
        {input(name, example)}
      </Field>
    );
  };
  return (
    <fieldset className="flex flex-col gap-3 border-l-2 pl-4">
      <legend className="sr-only">The source</legend>
      <Field
        label="Address of the list"
        description="Write {page} where the number of the page is: such pages are read several at once. Members of the workspace can see it."
        error={errorOf("url")}
      >
        {input("url", "https://example.com/members?page={page}")}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        {isWeb && (
          <>
            <Field label="Format">
              <Select
                value={draft.format}
                onValueChange={(format) => onChange({ ...draft, format })}
                options={FORMATS}
              />
            </Field>
            {place("items", "Companies")}
            {place("name", "Name")}
            {place("website", "Website")}
            {!isNumbered(draft) && place("next", "Next page")}
          </>
        )}
        {isNumbered(draft) && (
          <Field label="First page" error={errorOf("firstPage")}>
            {input("firstPage")}
          </Field>
        )}
        <Field
          label="Pages at most"
          description="Reading ends at a page without companies."
          error={errorOf("maxPages")}
        >
          {input("maxPages")}
        </Field>
      </div>
      {missing && (
        <p aria-live="polite" className="text-muted-foreground text-xs">
          {problems[missing]}
        </p>
      )}
    </fieldset>
  );
}
