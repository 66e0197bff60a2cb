import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

interface QueryClientOptions {
  /** Told of every failed query and mutation; pages still show their own errors. */
  onError: (error: unknown) => void;
  /** Told when a query's answer arrives. */
  onSuccess: () => void;
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
