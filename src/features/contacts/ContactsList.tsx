import type { ContactFilter, ContactRow } from "@contracts";
import { type ReactNode, useMemo } from "react";
import { type Column, RELEVANCE } from "@/components/data-table/column";
import { useCustomColumns } from "@/components/data-table/custom-columns";
import { type ListSlots, listActions } from "@/components/data-table/list-actions";
import { ListView } from "@/components/data-table/list-view";
import { type ListScope, scopeId } from "@/components/data-table/record-list";
import { sortOf } from "@/components/data-table/row-filters";
import { useRecordList } from "@/components/data-table/use-record-list";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import { useUrlState } from "@/lib/url-state";
import { activeContactFilters, ContactFilters } from "./ContactFilters";
import { ContactPanel } from "./ContactPanel";
import { contactFilterOf, contactsParams, NO_FILTERS } from "./filter";
import { type ContactEdit, contacts, useEditContact } from "./queries";

interface ContactsListProps {
  /** The key of the column settings. */
  list: string;
  scope: ListScope;
  columns: readonly Column<ContactRow>[];
  owners: readonly { value: string; label: string }[];
  /** What the list can be sorted by. */
  sorts: readonly string[];
  /** Left out where nothing can be selected. */
  slots?: ListSlots<ContactFilter>;
  empty: ReactNode;
  /** Names the campaign of an open record and leads to it, in lists of several. */
  campaign?: (campaignId: string) => ReactNode;
}

const noun = { one: "contact", many: "contacts" };
const nameOf = (row: ContactRow) => row.name;

/** The contacts of a campaign or workspace. */
export function ContactsList({
  list,
  scope,
  columns,
  owners,
  sorts,
  slots,
  empty,
  campaign,
}: ContactsListProps) {
  const [state, setState] = useUrlState(contactsParams);
  const filter = useMemo(() => contactFilterOf(state), [state]);
  const sort = useMemo(() => sortOf(state, sorts), [state, sorts]);
  const { data, live } = useRecordList(contacts, scope, filter, sort);
  const offered = useCustomColumns(list, columns, data.rows);
  const mayEdit = can(useRole(), "editRows");
  const { mutate } = useEditContact();
  const actions = listActions(slots ?? {}, {
    filter,
    sort,
    total: data.totalIsCapped ? null : data.total,
    settle: (signal) => contacts.settle(scope, filter, signal),
  });
  const names = {
    company: data.rows.find((row) => row.company_id === state.company)?.company.name,
    owner: (id: string) => owners.find(({ value }) => value === id)?.label ?? "somebody",
  };
  const ofCampaign = "campaign_id" in scope;
  return (
    <>
      <ListView
        list={list}
        scope={`contacts ${scopeId(scope)} ${JSON.stringify(filter)}`}
        noun={noun}
        columns={offered}
        rowName={nameOf}
        data={data}
        live={live}
        sort={sort}
        onSortChange={({ by, direction }) => {
          const found = contactsParams.sort.parse(by);
          if (by === RELEVANCE) setState({ sort: null, direction: "asc" });
          else if (found !== undefined) setState({ sort: found, direction });
        }}
        search={state.q}
        onSearch={(q) => setState({ q })}
        filters={activeContactFilters(state, setState, names)}
        filterControls={<ContactFilters state={state} onChange={setState} rows={data.rows} />}
        onClearFilters={() => setState(NO_FILTERS)}
        onClearAll={() => setState({ ...NO_FILTERS, q: "" })}
        openId={state.contact || null}
        onOpen={(row) =>
          setState({ contact: row.id, campaign: ofCampaign ? "" : row.campaign_id }, { push: true })
        }
        // The columns' own edits change nothing else.
        onEdit={mayEdit ? (record, edit) => mutate({ record, edit: edit as ContactEdit }) : undefined}
        empty={empty}
        views={actions.views}
        actions={actions.actions}
        selectionActions={slots && actions.selectionActions}
      />
      <ContactPanel
        campaignId={ofCampaign ? scope.campaign_id : state.campaign}
        id={state.contact || null}
        onClose={() => setState({ contact: "", campaign: "" })}
        campaign={campaign}
      />
    </>
  );
}
