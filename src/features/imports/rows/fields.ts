import type { ImportKind } from "@contracts";

export type CompanyField =
  | "name"
  | "website"
  | "description"
  | "industry"
  | "country"
  | "address"
  | "phone"
  | "email"
  | "linkedin_url"
  | "employees"
  | "tags";

export type ContactField =
  | "company_name"
  | "company_website"
  | "name"
  | "first_name"
  | "last_name"
  | "title"
  | "email"
  | "phone"
  | "linkedin_url"
  | "country"
  | "tags";

export type Field = CompanyField | ContactField;

/** A field that holds one text. */
export type TextField = Exclude<Field, "tags">;

/** What a column of a file becomes: a field, a custom field under its own header, or nothing. */
export type Target = Field | "custom" | "skip";

/** The fields of each kind in the order a person looks for them, as they are called on screen. */
const FIELDS: { companies: Record<CompanyField, string>; contacts: Record<ContactField, string> } = {
  companies: {
    name: "Company name",
    website: "Website",
    industry: "Industry",
    description: "Description",
    country: "Country",
    address: "Address",
    phone: "Phone",
    email: "E-mail",
    linkedin_url: "LinkedIn",
    employees: "Employees",
    tags: "Tags",
  },
  contacts: {
    company_name: "Company name",
    company_website: "Company website",
    name: "Full name",
    first_name: "First name",
    last_name: "Last name",
    title: "Job title",
    email: "E-mail",
    phone: "Phone",
    linkedin_url: "LinkedIn",
    country: "Country",
    tags: "Tags",
  },
};

/** The most characters a field holds. Columns without a field may have longer cells. */
export const FIELD_LENGTHS: Record<TextField, number> = {
  name: 300,
  company_name: 300,
  website: 2_000,
  company_website: 2_000,
  description: 5_000,
  industry: 500,
  country: 200,
  address: 1_000,
  phone: 100,
  email: 320,
  linkedin_url: 2_000,
  employees: 100,
  first_name: 200,
  last_name: 200,
  title: 500,
};

/** The most characters of a tag, and the most tags of a row. */
export const TAG_LIMITS = { characters: 500, count: 200 } as const;

/** Fields that several columns may fill together (street and city; two columns of tags). */
export const JOINED_FIELDS: ReadonlySet<string> = new Set(["address", "tags"]);

type LabelledField = { field: Field; label: string };

// Object.entries widens keys to string; they are the keys of the records written above.
const listFields = (kind: ImportKind) =>
  Object.entries(FIELDS[kind]).map(([field, label]): LabelledField => ({ field: field as Field, label }));

/** The fields of each kind with their labels, in screen order. */
export const FIELD_LIST: Record<ImportKind, LabelledField[]> = {
  companies: listFields("companies"),
  contacts: listFields("contacts"),
};

/** Whether a stored target is a field of this kind. */
export function isField(kind: ImportKind, target: string): target is Field {
  return Object.hasOwn(FIELDS[kind], target);
}
