import { useQueryClient } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { Button } from "@/components/ui/button";
import { rereadShown } from "@/lib/query-client";
import { useOnline, useServerReachable } from "@/stores/connection";

/** Says when there is no connection, what that means, and offers to try again. */
export function ConnectionBanner() {
  const online = useOnline();
  const reachable = useServerReachable((state) => state.reachable);
  const queryClient = useQueryClient();
  return (
    <div role="status">
      {(!online || !reachable) && (
        <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b bg-warning-subtle px-4 py-2 text-sm text-warning-text">
          <p className="max-sm:w-full">
            <CloudOff aria-hidden className="mr-2 inline size-4 align-text-bottom" />
            <strong className="font-semibold">
              {online ? "The server cannot be reached." : "You are offline."}
            </strong>{" "}
            What was saved is kept; what you see may be old, and it catches up when the connection is back.
          </p>
          {online && (
            <Button size="sm" onClick={() => void rereadShown(queryClient)}>
              Try again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
