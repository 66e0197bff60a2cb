import { SELECTION_LIMIT } from "@contracts";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { formatCount, formatNumber } from "@/lib/format";
import { type Column, RELEVANCE, type Sort } from "./column";
import { ColumnsMenu } from "./columns-menu";
import { DataTable } from "./data-table";
import { type ActiveFilter, ActiveFilters, FilterPopover } from "./filter-popover";
import { NewRowsBanner } from "./new-rows-banner";
import type { ListRow } from "./pages";
import { SearchBox } from "./search-box";
import { ALL_MATCHING, type Selection } from "./selection";
import { SelectionBar } from "./selection-bar";
import type { List } from "./use-list";
import { useListSelection } from "./use-list-selection";
import type { LiveListState } from "./use-live-list";

interface ListViewProps<Row extends ListRow> {
  /** Which list this is: the key of its column settings. */
  list: string;
  /** The list with its filter: a selection belongs to it. */
  scope: string;
  /** What one row is and several are, in lower case. */
  noun: { one: string; many: string };
  columns: readonly Column<Row>[];
  rowName: (row: Row) => string;
  data: List<Row>;
  live: LiveListState;
  sort: Sort;
  onSortChange: (sort: Sort) => void;
  search: string;
  onSearch: (search: string) => void;
  filters: readonly ActiveFilter[];
  filterControls: ReactNode;
  onClearFilters: () => void;
  /** Takes search and filters away at once. */
  onClearAll: () => void;
  openId: string | null;
  onOpen: (row: Row) => void;
  /** Saves a change made in a cell; left out where the user may not edit. */
  onEdit?: ((row: Row, change: Partial<Row>) => void) | undefined;
  /** What is drawn when there is nothing at all yet. */
  empty: ReactNode;
  /** At the start of the toolbar. */
  views?: ReactNode;
  /** At the end of the toolbar. */
  actions: ReactNode;
  /** What can be done with what is selected; left out where nothing can be selected. */
  selectionActions?: ((selection: Selection) => ReactNode) | undefined;
}

/** A searchable, filterable, live list: toolbar, table and what is drawn in its place, selection, status. */
export function ListView<Row extends ListRow>(props: ListViewProps<Row>) {
  const { list, scope, noun, columns, data, live, search, filters } = props;
  const { selection, count, notice, announcement, select, clear, place, thenToTable } = useListSelection(
    scope,
    { outdated: data.outdated, total: data.total, loaded: data.rows.length, noun },
  );
  const narrowed = search !== "" || filters.length > 0;
  const known = !data.pending && data.error === null && !data.outdated;
  // Rows that are loaded may all have gone while there are others before or after them.
  const nothing = known && data.rows.length === 0 && data.start === 0 && !data.hasMore;
  const total = data.total === null ? null : totalText(data.total, data.totalIsCapped, noun);
  return (
    <section aria-label={noun.many} className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2.5 sm:px-6">
        {props.views}
        <SearchBox label={`Search ${noun.many}`} value={search} onChange={props.onSearch} />
        <FilterPopover active={filters} onClear={props.onClearFilters}>
          {props.filterControls}
        </FilterPopover>
        <ActiveFilters active={filters} />
        <div className="ml-auto flex items-center gap-2">
          <ColumnsMenu list={list} columns={columns} />
          {props.actions}
        </div>
      </div>
      <div ref={place} className="relative flex min-h-60 flex-1 flex-col">
        {data.error !== null ? (
          <ErrorState error={data.error} onRetry={data.retry} />
        ) : nothing && narrowed ? (
          <EmptyState
            icon={SearchX}
            title={`No ${noun.many} match`}
            message="Nothing fits the search and filters together."
            action={<Button onClick={props.onClearAll}>Clear search and filters</Button>}
          />
        ) : nothing ? (
          props.empty
        ) : (
          <DataTable
            list={list}
            label={noun.many}
            columns={columns}
            rowName={props.rowName}
            rows={data.rows}
            start={data.start}
            reach={data.reach}
            pending={data.pending}
            total={data.totalIsCapped ? null : data.total}
            hasMore={data.hasMore}
            onLoadMore={data.loadMore}
            onLoadBefore={data.loadBefore}
            onJump={data.jump}
            onStay={data.stay}
            outdated={data.outdated}
            sort={props.sort}
            onSortChange={props.onSortChange}
            selection={selection}
            {...(props.selectionActions && { onSelectionChange: select })}
            openId={props.openId}
            onOpen={props.onOpen}
            onEdit={props.onEdit}
            onVisibleChange={live.onVisibleChange}
            scrollKey={`${scope} ${props.sort.by} ${props.sort.direction} ${live.generation}`}
          />
        )}
        {live.newRows > 0 && !data.pending && (
          <NewRowsBanner
            label={formatCount(live.newRows, `new ${noun.one}`, `new ${noun.many}`)}
            pending={live.showingNew}
            onShow={thenToTable(live.showNew)}
          />
        )}
        {count !== 0 && !data.pending && (
          <SelectionBar
            count={count}
            matching={
              selection.mode === "rows" && data.total !== null && data.total > selection.ids.size
                ? total
                : null
            }
            notice={notice}
            onSelectMatching={thenToTable(() => select(ALL_MATCHING))}
            onClear={thenToTable(clear)}
          >
            {selection.mode === "rows" && selection.ids.size > SELECTION_LIMIT ? (
              <span className="text-muted-foreground text-sm">
                At most {formatNumber(SELECTION_LIMIT)} can be picked one by one.
              </span>
            ) : (
              props.selectionActions?.(selection)
            )}
          </SelectionBar>
        )}
      </div>
      <span aria-live="polite" className="sr-only">
        {announcement}
      </span>
      <footer className="flex h-9 shrink-0 items-center gap-3 border-t px-4 text-muted-foreground text-xs sm:px-6">
        <span role="status">
          {data.pending
            ? "Loading…"
            : total !== null && (narrowed ? `${total} ${data.total === 1 ? "matches" : "match"}` : total)}
        </span>
        {search !== "" && !data.pending && (
          <Button
            variant="link"
            size="sm"
            className="px-0 text-xs disabled:text-muted-foreground disabled:opacity-100"
            disabled={props.sort.by === RELEVANCE}
            onClick={() => props.onSortChange({ by: RELEVANCE, direction: "desc" })}
          >
            Best matches first
          </Button>
        )}
        {data.moreError !== null && (
          <span role="alert" className="flex items-center gap-1 text-destructive-text">
            More could not be loaded.
            <Button variant="link" size="sm" className="px-0 text-xs" onClick={data.retry}>
              Try again
            </Button>
          </span>
        )}
        {live.behind && data.moreError === null && (
          <span className="text-warning-text">
            Rows may be out of date; they are read again when the server answers.
          </span>
        )}
      </footer>
    </section>
  );
}

/** "1 company", "4,000 companies", "10,000+ companies". */
function totalText(total: number, capped: boolean, noun: { one: string; many: string }): string {
  return capped ? `${formatNumber(total)}+ ${noun.many}` : formatCount(total, noun.one, noun.many);
}
