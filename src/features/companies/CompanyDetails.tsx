import { EditableField } from "@/components/record/editable-field";
import { OwnerField } from "@/components/record/owner-field";
import { provenanceOf } from "@/components/record/provenance";
import { RecordSection } from "@/components/record/record-section";
import { SourceNote } from "@/components/record/source-note";
import { TagsField } from "@/components/record/tags-field";
import { useOwners } from "@/features/members/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { companyFields } from "./fields";
import { type Company, type CompanyEdit, useEditCompany } from "./queries";

interface CompanyDetailsProps {
  company: Company;
  /** Nobody may edit it, as in an archived campaign. */
  readOnly?: boolean;
}

/** A company's fields, each with where it came from; edited in place by those who may. */
export function CompanyDetails({ company, readOnly = false }: CompanyDetailsProps) {
  const mayEdit = can(useRole(), "editRows") && !readOnly;
  const owners = useOwners();
  const { mutate } = useEditCompany();
  const edit = (change: CompanyEdit) => mutate({ record: company, edit: change });
  return (
    <RecordSection title="Details">
      {companyFields.map(({ column, label, kind, maxLength, rule, found }) => {
        const save = (value: string | null) => edit({ [column]: value });
        return (
          <EditableField
            key={column}
            label={label}
            value={company[column]}
            kind={kind}
            maxLength={maxLength}
            rule={rule}
            required={column === "name"}
            onSave={mayEdit ? save : undefined}
            note={
              <SourceNote
                empty={company[column] === null}
                provenance={provenanceOf(company[column], company.research, found)}
                onUse={mayEdit ? (value) => save(value.slice(0, maxLength)) : undefined}
              />
            }
          />
        );
      })}
      <TagsField tags={company.tags} onSave={mayEdit ? (tags) => edit({ tags }) : undefined} />
      <OwnerField
        ownerId={company.owner_id}
        owners={owners}
        onSave={mayEdit ? (owner_id) => edit({ owner_id }) : undefined}
      />
    </RecordSection>
  );
}
