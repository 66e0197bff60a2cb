import type { ValueKind } from "@/components/record/value-view";
import { emailProblem, linkedinProblem, type ValueRule } from "@/lib/value-rules";
import type { ContactEdit } from "./queries";

interface ContactField {
  column: Exclude<keyof ContactEdit, "tags" | "owner_id" | "do_not_contact">;
  label: string;
  kind: ValueKind;
  /** Most characters the database takes. */
  maxLength: number;
  /** What a new value must keep to. */
  rule?: ValueRule;
  /** The page of a part of the name is that of the name. */
  partOfName?: true;
}

/** The fields of a contact's panel, in reading order; research keeps each under the column's own name. */
export const contactFields: ContactField[] = [
  { column: "name", label: "Name", kind: "text", maxLength: 300 },
  { column: "first_name", label: "First name", kind: "text", maxLength: 200, partOfName: true },
  { column: "last_name", label: "Last name", kind: "text", maxLength: 200, partOfName: true },
  { column: "title", label: "Title", kind: "text", maxLength: 500 },
  { column: "email", label: "E-mail", kind: "email", maxLength: 320, rule: emailProblem },
  { column: "phone", label: "Phone", kind: "phone", maxLength: 100 },
  { column: "linkedin_url", label: "LinkedIn", kind: "url", maxLength: 2000, rule: linkedinProblem },
  { column: "country", label: "Country", kind: "text", maxLength: 200 },
];

/** What the columns that are edited are called. */
export const contactLabels: ReadonlyMap<string, string> = new Map([
  ...contactFields.map(({ column, label }): [string, string] => [column, label]),
  ["tags", "Tags"],
  ["owner_id", "Owner"],
  ["do_not_contact", "Do not contact"],
]);
