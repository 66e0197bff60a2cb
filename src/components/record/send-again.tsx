import type { RedeliverResult } from "@contracts";
import type { UseMutationResult } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toastNews, toastSuccess } from "@/components/ui/toast";
import { useQuestion } from "@/components/ui/use-question";
import { resendText, type SentRequest } from "./resend-words";
import { isResentWell, resentWords } from "./resent-words";

interface SendAgainProps {
  delivery: SentRequest & { id: number };
  /** Sends the request of a delivery again, by its id. */
  redeliver: UseMutationResult<RedeliverResult, Error, number>;
}

/** Sends a request to an integration again, once the user has read what that means. */
export function SendAgain({ delivery, redeliver }: SendAgainProps) {
  const question = useQuestion(redeliver);
  const tell = (result: RedeliverResult) => {
    question.close();
    const words = resentWords(result);
    if (isResentWell(result)) toastSuccess(words);
    else toastNews(words);
  };
  return (
    <>
      <Button size="sm" className="self-start" onClick={question.ask}>
        <Send /> Send again…
      </Button>
      <AlertDialog
        {...question.dialog}
        title="Send this request again?"
        description={`${resendText(delivery)} It goes to where the integration is now, with the same webhook-id. The first result of each job counts; jobs that have one already stay as they are.`}
        confirmLabel="Send again"
        onConfirm={() => redeliver.mutate(delivery.id, { onSuccess: tell })}
      />
    </>
  );
}

interface SentAgainByProps {
  /** Who had it sent again; null for what the engine sent by itself. */
  userId: string | null;
  /** The members of the workspace. */
  people: readonly { value: string; label: string }[];
}

/** Says that a request was sent again, and who did it. */
export function SentAgainBy({ userId, people }: SentAgainByProps) {
  if (userId === null) return null;
  const who = people.find(({ value }) => value === userId)?.label ?? "somebody who has left";
  return <p className="break-words text-muted-foreground text-xs">Sent again by {who}</p>;
}
