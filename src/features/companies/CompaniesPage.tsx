import type { CompanyFilter, CompanyRow } from "@contracts";
import { Building2 } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { type ListSlots, listActions } from "@/components/data-table/list-actions";
import { ListView } from "@/components/data-table/list-view";
import { useRecordList } from "@/components/data-table/use-record-list";
import { EmptyState } from "@/components/ui/empty-state";
import { useUrlState } from "@/lib/url-state";
import { activeCompanyFilters, CompanyFilters } from "./CompanyFilters";
import { CompanyPanel } from "./CompanyPanel";
import { companyColumns } from "./columns";
import { companiesParams, companyFilterOf, NO_FILTERS } from "./filter";
import { companies } from "./queries";

interface CompaniesPageProps extends ListSlots<CompanyFilter> {
  campaignId: string;
  /** What an empty campaign offers as the next step: the import. */
  emptyAction?: ReactNode;
}

/** A campaign's companies: searched, filtered, sorted and followed live; a row opens its panel. */
export default function CompaniesPage(props: CompaniesPageProps) {
  // Another campaign is another page: nothing of the one before is shown meanwhile.
  return <CompaniesList key={props.campaignId} {...props} />;
}

const noun = { one: "company", many: "companies" };
const nameOf = (row: CompanyRow) => row.name;

function CompaniesList({ campaignId, emptyAction, ...slots }: CompaniesPageProps) {
  const [state, setState] = useUrlState(companiesParams);
  const filter = useMemo(() => companyFilterOf(state), [state]);
  const sort = useMemo(() => ({ by: state.sort, direction: state.direction }), [state]);
  const { data, live } = useRecordList(companies, { campaign_id: campaignId }, filter, sort);
  const actions = listActions(slots, { filter, sort, total: data.totalIsCapped ? null : data.total });
  return (
    <>
      <ListView
        list="companies"
        scope={`companies ${campaignId} ${JSON.stringify(filter)}`}
        noun={noun}
        columns={companyColumns}
        rowName={nameOf}
        data={data}
        live={live}
        sort={sort}
        onSortChange={({ by, direction }) => {
          const found = companiesParams.sort.parse(by);
          if (found !== undefined) setState({ sort: found, direction });
        }}
        search={state.q}
        onSearch={(q) => setState({ q })}
        filters={activeCompanyFilters(state, setState)}
        filterControls={<CompanyFilters state={state} onChange={setState} rows={data.rows} />}
        onClearFilters={() => setState(NO_FILTERS)}
        onClearAll={() => setState({ ...NO_FILTERS, q: "" })}
        openId={state.company || null}
        onOpen={(row) => setState({ company: row.id }, { push: true })}
        empty={
          <EmptyState
            icon={Building2}
            title="No companies yet"
            message="Import a CSV file of companies; a name or a website each is enough. Research fills in the rest."
            action={emptyAction}
          />
        }
        {...actions}
      />
      <CompanyPanel
        campaignId={campaignId}
        id={state.company || null}
        onClose={() => setState({ company: "" })}
      />
    </>
  );
}
