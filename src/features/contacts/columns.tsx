import type { ContactRow } from "@contracts";
import { Ban } from "lucide-react";
import { Link } from "react-router-dom";
import { ownerEdit, tagsEdit, textEdit } from "@/components/data-table/cell-edits";
import { DateCell, TagsCell, TextCell, ValueCell } from "@/components/data-table/cells";
import type { Column } from "@/components/data-table/column";
import { Badge } from "@/components/ui/badge";
import { emailProblem, linkedinProblem } from "@/lib/value-rules";

const SOURCES: Record<ContactRow["source"], string> = {
  import: "Imported",
  research: "Researched",
  manual: "Added by hand",
};

/** Where a contact came from, in words. */
export function sourceLabel(source: ContactRow["source"]): string {
  return SOURCES[source];
}

function NameCell({ row }: { row: ContactRow }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <TextCell text={row.name} />
      {row.do_not_contact && (
        <Ban aria-label="Do not contact" className="size-3.5 shrink-0 text-destructive-text" />
      )}
    </span>
  );
}

export const contactColumns: Column<ContactRow>[] = [
  {
    id: "name",
    header: "Name",
    width: 210,
    sort: "name",
    cell: (row) => <NameCell row={row} />,
    edit: textEdit<ContactRow, "name">("name", { maxLength: 300, required: true }),
  },
  {
    id: "title",
    header: "Title",
    width: 210,
    sort: "title",
    cell: (row) => <TextCell text={row.title} />,
    edit: textEdit<ContactRow, "title">("title", { maxLength: 500 }),
  },
  {
    id: "company",
    header: "Company",
    width: 190,
    cell: (row) => (
      <Link
        to={`/c/${row.campaign_id}/companies?company=${row.company_id}`}
        tabIndex={-1}
        className="truncate hover:underline"
      >
        {row.company.name}
      </Link>
    ),
  },
  {
    id: "email",
    header: "E-mail",
    width: 240,
    sort: "email",
    cell: (row) => <ValueCell value={row.email} kind="email" />,
    edit: textEdit<ContactRow, "email">("email", { maxLength: 320, rule: emailProblem }),
  },
  {
    id: "phone",
    header: "Phone",
    width: 150,
    cell: (row) => <ValueCell value={row.phone} kind="phone" />,
    edit: textEdit<ContactRow, "phone">("phone", { maxLength: 100 }),
  },
  {
    id: "linkedin",
    header: "LinkedIn",
    width: 200,
    cell: (row) => <ValueCell value={row.linkedin_url} kind="url" />,
    edit: textEdit<ContactRow, "linkedin_url">("linkedin_url", { maxLength: 2000, rule: linkedinProblem }),
  },
  {
    id: "tags",
    header: "Tags",
    width: 150,
    cell: (row) => <TagsCell tags={row.tags} />,
    edit: tagsEdit(),
  },
  {
    id: "seniority",
    header: "Seniority",
    width: 130,
    hidden: true,
    cell: (row) => <TextCell text={row.seniority} />,
  },
  {
    id: "country",
    header: "Country",
    width: 130,
    hidden: true,
    cell: (row) => <TextCell text={row.country} />,
    edit: textEdit<ContactRow, "country">("country", { maxLength: 200 }),
  },
  {
    id: "source",
    header: "Source",
    width: 120,
    cell: (row) => (
      <Badge variant={row.source === "research" ? "primary" : "neutral"}>{SOURCES[row.source]}</Badge>
    ),
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
export function columnsWithOwner(owners: readonly { value: string; label: string }[]): Column<ContactRow>[] {
  const owner: Column<ContactRow> = {
    id: "owner",
    header: "Owner",
    width: 180,
    hidden: true,
    cell: (row) => <TextCell text={owners.find(({ value }) => value === row.owner_id)?.label ?? null} />,
    edit: ownerEdit(owners),
  };
  return contactColumns.flatMap((column) => (column.id === "tags" ? [column, owner] : [column]));
}
