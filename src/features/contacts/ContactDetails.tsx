import { useId } from "react";
import { EditableField } from "@/components/record/editable-field";
import { OwnerField } from "@/components/record/owner-field";
import { provenanceOf } from "@/components/record/provenance";
import { RecordSection } from "@/components/record/record-section";
import { SourceNote } from "@/components/record/source-note";
import { TagsField } from "@/components/record/tags-field";
import { Checkbox } from "@/components/ui/checkbox";
import { useOwners } from "@/features/members/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { contactFields } from "./fields";
import { type Contact, type ContactEdit, useEditContact } from "./queries";

interface ContactDetailsProps {
  contact: Contact;
  /** Nobody may edit it, as in an archived campaign. */
  readOnly?: boolean;
}

/** A contact's fields, each with where it came from; edited in place by those who may. */
export function ContactDetails({ contact, readOnly = false }: ContactDetailsProps) {
  const id = useId();
  const mayEdit = can(useRole(), "editRows") && !readOnly;
  const owners = useOwners();
  const { mutate } = useEditContact();
  const edit = (change: ContactEdit) => mutate({ record: contact, edit: change });
  return (
    <RecordSection title="Details">
      {contactFields.map(({ column, label, kind, maxLength, rule, partOfName }) => {
        const save = (value: string | null) => edit({ [column]: value });
        return (
          <EditableField
            key={column}
            label={label}
            value={contact[column]}
            kind={kind}
            maxLength={maxLength}
            rule={rule}
            required={column === "name"}
            onSave={mayEdit ? save : undefined}
            note={
              !partOfName && (
                <SourceNote
                  empty={contact[column] === null}
                  provenance={provenanceOf(contact[column], contact.research, column)}
                  onUse={mayEdit ? (value) => save(value.slice(0, maxLength)) : undefined}
                />
              )
            }
          />
        );
      })}
      <TagsField tags={contact.tags} onSave={mayEdit ? (tags) => edit({ tags }) : undefined} />
      <OwnerField
        ownerId={contact.owner_id}
        owners={owners}
        onSave={mayEdit ? (owner_id) => edit({ owner_id }) : undefined}
      />
      <label htmlFor={id} className="mt-2 flex items-center gap-2 text-sm">
        <Checkbox
          id={id}
          checked={contact.do_not_contact}
          disabled={!mayEdit}
          onCheckedChange={(checked) => edit({ do_not_contact: checked })}
        />
        Do not contact
      </label>
    </RecordSection>
  );
}
