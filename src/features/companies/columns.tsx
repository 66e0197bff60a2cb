import type { CompanyRow } from "@contracts";
import { ownerEdit, tagsEdit, textEdit } from "@/components/data-table/cell-edits";
import { DateCell, TagsCell, TextCell, ValueCell } from "@/components/data-table/cells";
import type { Column } from "@/components/data-table/column";
import { formatNumber } from "@/lib/format";
import { emailProblem, linkedinProblem, websiteProblem } from "@/lib/value-rules";
import { StatusBadge } from "./StatusBadge";

/** What may hold several lines, as a description, is edited in the panel: a cell has one. */
export const companyColumns: Column<CompanyRow>[] = [
  {
    id: "name",
    header: "Company",
    width: 240,
    sort: "name",
    cell: (row) => <TextCell text={row.name} />,
    edit: textEdit<CompanyRow, "name">("name", { maxLength: 300, required: true }),
  },
  {
    id: "website",
    header: "Website",
    width: 190,
    sort: "domain",
    cell: (row) => <ValueCell value={row.website ?? row.domain} kind="url" />,
    edit: textEdit<CompanyRow, "website">("website", { maxLength: 2000, rule: websiteProblem }),
  },
  {
    id: "status",
    header: "Research",
    width: 136,
    sort: "research_status",
    cell: (row) => <StatusBadge status={row.research_status} />,
  },
  {
    id: "contacts",
    header: "Contacts",
    width: 92,
    sort: "contact_count",
    firstDirection: "desc",
    align: "end",
    cell: (row) => formatNumber(row.contact_count),
  },
  {
    id: "industry",
    header: "Industry",
    width: 180,
    sort: "industry",
    cell: (row) => <TextCell text={row.industry} />,
    edit: textEdit<CompanyRow, "industry">("industry", { maxLength: 500 }),
  },
  {
    id: "country",
    header: "Country",
    width: 120,
    sort: "country",
    cell: (row) => <TextCell text={row.country} />,
    edit: textEdit<CompanyRow, "country">("country", { maxLength: 200 }),
  },
  {
    id: "email",
    header: "E-mail",
    width: 210,
    cell: (row) => <ValueCell value={row.email} kind="email" />,
    edit: textEdit<CompanyRow, "email">("email", { maxLength: 320, rule: emailProblem }),
  },
  {
    id: "phone",
    header: "Phone",
    width: 150,
    cell: (row) => <ValueCell value={row.phone} kind="phone" />,
    edit: textEdit<CompanyRow, "phone">("phone", { maxLength: 100 }),
  },
  {
    id: "tags",
    header: "Tags",
    width: 160,
    cell: (row) => <TagsCell tags={row.tags} />,
    edit: tagsEdit(),
  },
  {
    id: "description",
    header: "Description",
    width: 280,
    hidden: true,
    cell: (row) => <TextCell text={row.description} />,
  },
  {
    id: "address",
    header: "Address",
    width: 220,
    hidden: true,
    cell: (row) => <TextCell text={row.address} />,
  },
  {
    id: "employees",
    header: "Employees",
    width: 110,
    hidden: true,
    cell: (row) => <TextCell text={row.employees} />,
    edit: textEdit<CompanyRow, "employees">("employees", { maxLength: 100 }),
  },
  {
    id: "linkedin",
    header: "LinkedIn",
    width: 200,
    hidden: true,
    cell: (row) => <ValueCell value={row.linkedin_url} kind="url" />,
    edit: textEdit<CompanyRow, "linkedin_url">("linkedin_url", { maxLength: 2000, rule: linkedinProblem }),
  },
  {
    id: "portfolio",
    header: "Portfolio",
    width: 92,
    hidden: true,
    align: "end",
    cell: (row) => formatNumber(row.portfolio_count),
  },
  {
    id: "researched",
    header: "Researched",
    width: 130,
    hidden: true,
    cell: (row) => <DateCell at={row.researched_at} />,
  },
  {
    id: "updated",
    header: "Updated",
    width: 130,
    sort: "updated_at",
    firstDirection: "desc",
    hidden: true,
    cell: (row) => <DateCell at={row.updated_at} />,
  },
  {
    id: "created",
    header: "Added",
    width: 130,
    sort: "created_at",
    firstDirection: "desc",
    cell: (row) => <DateCell at={row.created_at} />,
  },
];

/** The columns with the owner by name. */
export function columnsWithOwner(owners: readonly { value: string; label: string }[]): Column<CompanyRow>[] {
  const owner: Column<CompanyRow> = {
    id: "owner",
    header: "Owner",
    width: 180,
    hidden: true,
    cell: (row) => <TextCell text={owners.find(({ value }) => value === row.owner_id)?.label ?? null} />,
    edit: ownerEdit(owners),
  };
  return companyColumns.flatMap((column) => (column.id === "tags" ? [column, owner] : [column]));
}
