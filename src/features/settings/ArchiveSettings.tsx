import { useQuery } from "@tanstack/react-query";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { toastError, toastSuccess } from "@/components/ui/toast";
import type { Workspace } from "@/features/workspaces/queries";
import { formatCount } from "@/lib/format";
import { can, whoCan } from "@/lib/roles";
import { archiveAfterOptions, useSetArchiveAfter } from "./queries";

const choices = [30, 90, 180, 365];

/** When campaigns that nobody works on are archived; owners and admins may change it. */
export function ArchiveSettings({ workspace }: { workspace: Workspace }) {
  const days = useQuery(archiveAfterOptions(workspace.id));
  const set = useSetArchiveAfter(workspace.id);
  const mayChange = can(workspace.role, "changeSettings");
  return (
    <Card>
      <CardHeader>
        <CardTitle>Archiving</CardTitle>
      </CardHeader>
      {days.isPending ? (
        <Skeleton className="m-4 h-8 max-w-60" />
      ) : days.data === undefined ? (
        <ErrorState
          error={days.error}
          onRetry={() => void days.refetch()}
          retrying={days.isFetching}
          className="py-8"
        />
      ) : (
        <CardContent>
          <Field
            label="Archive campaigns without a change"
            description={
              mayChange ? "Archived campaigns can be restored at any time." : whoCan("changeSettings")
            }
            className="max-w-80"
          >
            <Select
              options={[...new Set([...choices, days.data ?? 0])]
                .filter((one) => one > 0)
                .sort((a, b) => a - b)
                .map((one) => ({ value: String(one), label: `After ${formatCount(one, "day")}` }))
                .concat({ value: "never", label: "Never" })}
              value={days.data === null ? "never" : String(days.data)}
              disabled={!mayChange}
              onValueChange={(value) =>
                set.mutate(value === "never" ? null : Number(value), {
                  onSuccess: () => toastSuccess({ title: "Setting saved" }),
                  onError: toastError,
                })
              }
            />
          </Field>
        </CardContent>
      )}
    </Card>
  );
}
