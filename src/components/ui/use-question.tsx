import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorAlert } from "./error-alert";

/**
 * A question that is asked before a mutation; `dialog` are the parts of its `AlertDialog` that follow the mutation: under way, or why
 * it failed. Closed meanwhile, it goes on; asked again, it starts afresh.
 */
export function useQuestion({
  isPending,
  error,
  reset,
}: Pick<UseMutationResult<unknown, Error, never>, "isPending" | "error" | "reset">) {
  const [asking, setAsking] = useState(false);
  return {
    ask() {
      if (!isPending) reset();
      setAsking(true);
    },
    close: () => setAsking(false),
    dialog: {
      open: asking,
      onOpenChange: setAsking,
      pending: isPending,
      children: <ErrorAlert error={error} />,
    },
  };
}
