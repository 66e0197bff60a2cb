import type { ContactFilter, ContactRow } from "@contracts";
import { Users } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { type ListSlots, listActions } from "@/components/data-table/list-actions";
import { ListView } from "@/components/data-table/list-view";
import { useRecordList } from "@/components/data-table/use-record-list";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlState } from "@/lib/url-state";
import { activeContactFilters, ContactFilters } from "./ContactFilters";
import { ContactPanel } from "./ContactPanel";
import { contactColumns } from "./columns";
import { contactFilterOf, contactsParams, NO_FILTERS } from "./filter";
import { contacts } from "./queries";

interface ContactsPageProps extends ListSlots<ContactFilter> {
  campaignId: string;
  /** What a campaign without contacts offers as the next step: research, or the import. */
  emptyAction?: ReactNode;
}

/** A campaign's contacts: searched, filtered, sorted and followed live; a row opens its panel. */
export default function ContactsPage(props: ContactsPageProps) {
  // Another campaign is another page: nothing of the one before is shown meanwhile.
  return <ContactsList key={props.campaignId} {...props} />;
}

const noun = { one: "contact", many: "contacts" };
const nameOf = (row: ContactRow) => row.name;

function ContactsList({ campaignId, emptyAction, ...slots }: ContactsPageProps) {
  const [state, setState] = useUrlState(contactsParams);
  const filter = useMemo(() => contactFilterOf(state), [state]);
  const sort = useMemo(() => ({ by: state.sort, direction: state.direction }), [state]);
  const { data, live } = useRecordList(contacts, { campaign_id: campaignId }, filter, sort);
  const companyName = useMemo(
    () => data.rows.find((row) => row.company_id === state.company)?.company.name,
    [data.rows, state.company],
  );
  const actions = listActions(slots, { filter, sort, total: data.totalIsCapped ? null : data.total });
  return (
    <>
      <ListView
        list="contacts"
        scope={`contacts ${campaignId} ${JSON.stringify(filter)}`}
        noun={noun}
        columns={contactColumns}
        rowName={nameOf}
        data={data}
        live={live}
        sort={sort}
        onSortChange={({ by, direction }) => {
          const found = contactsParams.sort.parse(by);
          if (found !== undefined) setState({ sort: found, direction });
        }}
        search={state.q}
        onSearch={(q) => setState({ q })}
        filters={activeContactFilters(state, setState, companyName)}
        filterControls={<ContactFilters state={state} onChange={setState} rows={data.rows} />}
        onClearFilters={() => setState(NO_FILTERS)}
        onClearAll={() => setState({ ...NO_FILTERS, q: "" })}
        openId={state.contact || null}
        onOpen={(row) => setState({ contact: row.id }, { push: true })}
        empty={
          <EmptyState
            icon={Users}
            title="No contacts yet"
            message="Research the campaign's companies to find their people, or import a CSV file of contacts."
            action={emptyAction}
          />
        }
        {...actions}
      />
      <ContactPanel
        campaignId={campaignId}
        id={state.contact || null}
        onClose={() => setState({ contact: "" })}
      />
    </>
  );
}
