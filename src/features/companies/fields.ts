import type { ValueKind } from "@/components/record/value-view";
import { emailProblem, linkedinProblem, type ValueRule, websiteProblem } from "@/lib/value-rules";
import type { CompanyEdit } from "./queries";

interface CompanyField {
  column: Exclude<keyof CompanyEdit, "tags" | "owner_id">;
  label: string;
  kind: ValueKind;
  /** Most characters the database takes. */
  maxLength: number;
  /** What a new value must keep to. */
  rule?: ValueRule;
  /** Where `research` keeps what was found for it; see `provenanceOf`. */
  found: string;
}

/** The fields of a company's panel, in reading order. */
export const companyFields: CompanyField[] = [
  { column: "name", label: "Name", kind: "text", maxLength: 300, found: "name" },
  {
    column: "website",
    label: "Website",
    kind: "url",
    maxLength: 2000,
    found: "website",
    rule: websiteProblem,
  },
  { column: "description", label: "Description", kind: "multiline", maxLength: 5000, found: "description" },
  { column: "industry", label: "Industry", kind: "text", maxLength: 500, found: "industry" },
  { column: "email", label: "E-mail", kind: "email", maxLength: 320, found: "emails", rule: emailProblem },
  { column: "phone", label: "Phone", kind: "phone", maxLength: 100, found: "phones" },
  { column: "address", label: "Address", kind: "multiline", maxLength: 1000, found: "address" },
  { column: "country", label: "Country", kind: "text", maxLength: 200, found: "country" },
  {
    column: "linkedin_url",
    label: "LinkedIn",
    kind: "url",
    maxLength: 2000,
    found: "social.linkedin",
    rule: linkedinProblem,
  },
  { column: "employees", label: "Employees", kind: "text", maxLength: 100, found: "employees" },
];

/** What the columns that are edited are called. */
export const companyLabels: ReadonlyMap<string, string> = new Map([
  ...companyFields.map(({ column, label }): [string, string] => [column, label]),
  ["tags", "Tags"],
  ["owner_id", "Owner"],
]);
