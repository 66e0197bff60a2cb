import { Exchange } from "@/components/record/exchange";
import { Notes } from "@/components/record/notes";
import { SendAgain, SentAgainBy } from "@/components/record/send-again";
import { Alert } from "@/components/ui/alert";
import { useOwners } from "@/features/members/queries";
import { useRole } from "@/features/workspaces/queries";
import { can } from "@/lib/roles";
import type { FullDelivery } from "./log-sources";
import { useRedeliver } from "./redeliver-queries";

/** One delivery with its request and response, and the way to send it again. */
export function DeliveryBody({ full }: { full: FullDelivery }) {
  const redeliver = useRedeliver(full.workspace_id);
  const people = useOwners();
  const role = useRole();
  return (
    <>
      {full.error_reason !== null && (
        <Alert variant="destructive" title="This delivery failed">
          {full.error_reason}
        </Alert>
      )}
      <SentAgainBy userId={full.resent_by} people={people} />
      {full.batch_id !== null && can(role, "research") && <SendAgain delivery={full} redeliver={redeliver} />}
      <Exchange data={full} open />
      <Notes notes={full.notes} />
    </>
  );
}
