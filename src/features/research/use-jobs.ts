import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flattenPages, loadedFrom } from "@/components/data-table/pages";
import { useChannel } from "@/lib/realtime";
import { followJobs, type JobFollower } from "./follow-jobs";
import { jobListOptions, jobsByIdOptions, readJobPage } from "./job-queries";
import { type JobFilter, researchKeys } from "./queries";

/** The jobs of a run that match, loaded page by page and followed live; `filter` must be the same object while it says the same. */
export function useJobs(runId: string, filter: JobFilter) {
  const client = useQueryClient();
  const query = useInfiniteQuery(jobListOptions(runId, filter));
  const { data, isFetching, fetchNextPage, fetchPreviousPage } = query;
  const pages = data?.pages;
  const [behind, setBehind] = useState(false);

  const follower = useRef<JobFollower>(null);
  const shown = useRef<Parameters<JobFollower["show"]>>([[], true]);
  useEffect(() => {
    const job = followJobs({
      client,
      queryKey: researchKeys.jobs(runId, filter),
      readFirst: () => readJobPage(runId, filter, null),
      readJobs: (ids) => client.fetchQuery(jobsByIdOptions(runId, ids)),
      onBehind: setBehind,
    });
    follower.current = job;
    job.show(...shown.current);
    return () => job.dispose();
  }, [client, runId, filter]);
  useEffect(() => {
    if (!isFetching) follower.current?.loaded();
  }, [isFetching]);
  const changed = () => follower.current?.changed();
  useChannel(`run:${runId}`, changed, changed);

  const failed = query.isFetchNextPageError || query.isFetchPreviousPageError;
  const idle = !isFetching && !failed;
  return {
    jobs: useMemo(() => pages && flattenPages(pages), [pages]),
    /** Index in the list of the first of the jobs. */
    start: loadedFrom(pages ?? []),
    hasMore: query.hasNextPage,
    /** How many jobs match, if they were counted. */
    total: pages?.[0]?.total_is_capped ? null : (pages?.[0]?.total ?? null),
    /** Nothing is loaded yet; that there was nothing with the filter before this one says nothing. */
    pending: query.isPending || (query.isPlaceholderData && pages?.[0]?.rows.length === 0),
    /** The jobs are of the filter before this one. */
    outdated: query.isPlaceholderData,
    /** What went wrong when nothing could be loaded. */
    error: data === undefined ? query.error : null,
    /** Further jobs could not be loaded. */
    failed,
    /** The list could not follow the run the last time. */
    behind,
    retrying: isFetching,
    onVisible: useCallback((ids: readonly string[], atTop: boolean) => {
      shown.current = [ids, atTop];
      follower.current?.show(ids, atTop);
    }, []),
    loadMore: useCallback(() => {
      if (idle) void fetchNextPage();
    }, [idle, fetchNextPage]),
    loadBefore: useCallback(() => {
      if (idle) void fetchPreviousPage();
    }, [idle, fetchPreviousPage]),
    retry() {
      if (query.isFetchPreviousPageError) void fetchPreviousPage();
      else if (query.isFetchNextPageError) void fetchNextPage();
      else void query.refetch();
    },
  };
}
