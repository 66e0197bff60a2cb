import type { CompanyFilter, CompanyRow } from "@contracts";
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
import { activeCompanyFilters, CompanyFilters } from "./CompanyFilters";
import { CompanyPanel } from "./CompanyPanel";
import { companiesParams, companyFilterOf, NO_FILTERS } from "./filter";
import { type CompanyEdit, companies, useEditCompany } from "./queries";

interface CompaniesListProps {
  /** The key of the column settings. */
  list: string;
  scope: ListScope;
  columns: readonly Column<CompanyRow>[];
  owners: readonly { value: string; label: string }[];
  /** What the list can be sorted by. */
  sorts: readonly string[];
  /** Left out where nothing can be selected. */
  slots?: ListSlots<CompanyFilter>;
  empty: ReactNode;
  /** Names the campaign of an open record and leads to it, in lists of several. */
  campaign?: (campaignId: string) => ReactNode;
}

const noun = { one: "company", many: "companies" };
const nameOf = (row: CompanyRow) => row.name;

/** The companies of a campaign or workspace. */
export function CompaniesList({
  list,
  scope,
  columns,
  owners,
  sorts,
  slots,
  empty,
  campaign,
}: CompaniesListProps) {
  const [state, setState] = useUrlState(companiesParams);
  const filter = useMemo(() => companyFilterOf(state), [state]);
  const sort = useMemo(() => sortOf(state, sorts), [state, sorts]);
  const { data, live } = useRecordList(companies, scope, filter, sort);
  const offered = useCustomColumns(list, columns, data.rows);
  const mayEdit = can(useRole(), "editRows");
  const { mutate } = useEditCompany();
  const actions = listActions(slots ?? {}, {
    filter,
    sort,
    total: data.totalIsCapped ? null : data.total,
    settle: (signal) => companies.settle(scope, filter, signal),
  });
  const ownerName = (id: string) => owners.find(({ value }) => value === id)?.label ?? "somebody";
  const ofCampaign = "campaign_id" in scope;
  return (
    <>
      <ListView
        list={list}
        scope={`companies ${scopeId(scope)} ${JSON.stringify(filter)}`}
        noun={noun}
        columns={offered}
        rowName={nameOf}
        data={data}
        live={live}
        sort={sort}
        onSortChange={({ by, direction }) => {
          const found = companiesParams.sort.parse(by);
          if (by === RELEVANCE) setState({ sort: null, direction: "asc" });
          else if (found !== undefined) setState({ sort: found, direction });
        }}
        search={state.q}
        onSearch={(q) => setState({ q })}
        filters={activeCompanyFilters(state, setState, ownerName)}
        filterControls={<CompanyFilters state={state} onChange={setState} rows={data.rows} />}
        onClearFilters={() => setState(NO_FILTERS)}
        onClearAll={() => setState({ ...NO_FILTERS, q: "" })}
        openId={state.company || null}
        onOpen={(row) =>
          setState({ company: row.id, campaign: ofCampaign ? "" : row.campaign_id }, { push: true })
        }
        // The columns' own edits change nothing else.
        onEdit={mayEdit ? (record, edit) => mutate({ record, edit: edit as CompanyEdit }) : undefined}
        empty={empty}
        views={actions.views}
        actions={actions.actions}
        selectionActions={slots && actions.selectionActions}
      />
      <CompanyPanel
        campaignId={ofCampaign ? scope.campaign_id : state.campaign}
        id={state.company || null}
        onClose={() => setState({ company: "", campaign: "" })}
        campaign={campaign}
      />
    </>
  );
}
