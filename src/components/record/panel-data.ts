import type { UseQueryResult } from "@tanstack/react-query";
import { isNotFound } from "@/lib/errors";

/** What a panel shows of what its query gave: one that was deleted meanwhile is not to be looked at as if it were there. */
export function panelData<Data>({
  data,
  error,
}: Pick<UseQueryResult<Data>, "data" | "error">): Data | undefined {
  return isNotFound(error) ? undefined : data;
}
