import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { paced } from "@/components/data-table/pace";
import {
  dropFromPages,
  flattenPages,
  type ListPage,
  type ListPages,
  type ListRow,
  onlyFirstPage,
  patchPages,
} from "@/components/data-table/pages";
import { createRowRefresher } from "@/components/data-table/row-refresher";

/** How often, in ms, jobs are read again at most: a run changes some many times a second. */
const INTERVAL_MS = 2_000;

interface JobSource<Job extends ListRow> {
  client: QueryClient;
  /** Where the list's pages are cached. */
  queryKey: QueryKey;
  readFirst: () => Promise<ListPage<Job>>;
  /** Reads jobs by id, at most 100. */
  readJobs: (ids: string[]) => Promise<Job[]>;
  /** Told whether the last attempt to follow the run failed. */
  onBehind: (behind: boolean) => void;
}

/** Keeps a list of jobs in step with its run. */
export interface JobFollower {
  /** Jobs of the run have changed; nobody says which. */
  changed: () => void;
  /** These jobs are on screen. */
  show: (ids: readonly string[], atTop: boolean) => void;
  /** A page has been loaded. */
  loaded: () => void;
  dispose: () => void;
}

/**
 * Reads what is on screen again when its run has changed: at the top of the list its first page, which brings the new jobs,
 * elsewhere the jobs by id, so that nothing moves. What is under way for further pages is left alone: its end would
 * overwrite what was read meanwhile, so the list is followed after it.
 */
export function followJobs<Job extends ListRow>(source: JobSource<Job>): JobFollower {
  const { client, queryKey, readFirst, readJobs, onBehind } = source;
  let visible: readonly string[] = [];
  let atTop = true;
  let late = false;

  const pages = () => client.getQueryData<ListPages<Job>>(queryKey)?.pages ?? [];
  const edit = (change: (data: ListPages<Job>) => ListPages<Job>) =>
    client.setQueryData<ListPages<Job>>(queryKey, (data) => data && change(data));
  const loading = () => client.isFetching({ queryKey, exact: true }) > 0;

  const refresher = createRowRefresher<Job>({
    fetchRows: readJobs,
    visibleIds: () => visible,
    apply(fresh, gone) {
      onBehind(false);
      if (loading()) late = true;
      edit((data) => dropFromPages(patchPages(data, fresh), new Set(gone)));
    },
    onError: () => onBehind(true),
    interval: INTERVAL_MS,
  });
  const first = paced(async () => {
    try {
      const page = await readFirst();
      onBehind(false);
      if (!atTop || loading()) late = true;
      else edit(() => onlyFirstPage(page));
      return true;
    } catch {
      onBehind(true);
      return false;
    }
  }, INTERVAL_MS);

  function changed() {
    if (loading()) late = true;
    else if (atTop) first.request();
    else refresher.markStale(flattenPages(pages()).map(({ id }) => id));
  }
  function catchUp() {
    if (!late) return;
    late = false;
    changed();
  }
  return {
    changed,
    show(ids, top) {
      visible = ids;
      // New jobs may have come above while other ones were on screen.
      if (top && !atTop) late = true;
      atTop = top;
      refresher.visibleChanged();
      if (!loading()) catchUp();
    },
    loaded: catchUp,
    dispose() {
      refresher.dispose();
      first.dispose();
    },
  };
}
