import type { ValueKind } from "@/components/record/value-view";
import type { ContactEdit } from "./queries";

interface ContactField {
  column: Exclude<keyof ContactEdit, "tags" | "owner_id" | "do_not_contact">;
  label: string;
  kind: ValueKind;
  /** Most characters the database takes. */
  maxLength: number;
  /** The page of a part of the name is that of the name. */
  partOfName?: true;
}

/** The fields of a contact's panel, in reading order; research keeps each under the column's own name. */
export const contactFields: ContactField[] = [
  { column: "name", label: "Name", kind: "text", maxLength: 300 },
  { column: "first_name", label: "First name", kind: "text", maxLength: 200, partOfName: true },
  { column: "last_name", label: "Last name", kind: "text", maxLength: 200, partOfName: true },
  { column: "title", label: "Title", kind: "text", maxLength: 500 },
  { column: "email", label: "E-mail", kind: "email", maxLength: 320 },
  { column: "phone", label: "Phone", kind: "phone", maxLength: 100 },
  { column: "linkedin_url", label: "LinkedIn", kind: "url", maxLength: 2000 },
  { column: "country", label: "Country", kind: "text", maxLength: 200 },
];
