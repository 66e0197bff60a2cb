import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

interface QueryClientOptions {
  /** Told of every failed query and mutation; pages still show their own errors. */
  onError: (error: unknown) => void;
  /** Told when a query's answer arrives. */
  onSuccess: () => void;
}

/**
 * Reads again what is shown. Lists of several pages are left as they are: they would be read page after page, and realtime
 * names the rows of them that changed.
 */
export function rereadShown(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ predicate: ({ state }) => pageCount(state.data) < 2 });
}

function pageCount(data: unknown): number {
  const pages = typeof data === "object" && data !== null && "pages" in data ? data.pages : null;
  return Array.isArray(pages) ? pages.length : 0;
}

/**
 * The cache of server data. Realtime says what changed, so data stays fresh for a minute. Reads are retried by
 * supabase-js already; a second layer here would only delay the message.
 */
export function createQueryClient({ onError, onSuccess }: QueryClientOptions): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 60_000, retry: false },
      mutations: { retry: false },
    },
  });
}
