// @vitest-environment jsdom
import { QueryClient, QueryClientProvider, useMutation } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { RequestError } from "@/lib/errors";
import { AlertDialog } from "./alert-dialog";
import { useQuestion } from "./use-question";

afterEach(cleanup);

function Sender({ send }: { send: () => Promise<void> }) {
  const [sent, setSent] = useState(0);
  const mutation = useMutation({ mutationFn: send });
  const question = useQuestion(mutation);
  const tell = () => {
    question.close();
    setSent(sent + 1);
  };
  return (
    <>
      <button type="button" onClick={question.ask}>
        Send…
      </button>
      <p>{sent} sent</p>
      <AlertDialog
        {...question.dialog}
        title="Send it?"
        description="It may cost something."
        confirmLabel="Send"
        onConfirm={() => mutation.mutate(undefined, { onSuccess: tell })}
      />
    </>
  );
}

function show(send: () => Promise<void>) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Sender send={send} />
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  return { press: (name: string) => user.click(screen.getByRole("button", { name })) };
}
const isClosed = () => waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());

test("a failure is said in the question, and no more when it is asked again", async () => {
  const { press } = show(() => Promise.reject(new RequestError("down", { status: 503, code: "" })));
  await press("Send…");
  await press("Send");
  expect((await screen.findByRole("alert")).textContent).toContain("The server had a problem");
  await press("Cancel");
  await isClosed();
  await press("Send…");
  expect(screen.getByRole("alertdialog", { name: "Send it?" })).toBeDefined();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("one that is closed while it is done is still under way when it is asked again, and told when it is done", async () => {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const send = vi.fn(() => answered);
  const { press } = show(send);
  await press("Send…");
  await press("Send");
  await press("Cancel");
  await isClosed();
  await press("Send…");
  expect(screen.getByRole("button", { name: "Send" }).getAttribute("aria-busy")).toBe("true");
  await press("Send");
  answer();
  expect(await screen.findByText("1 sent")).toBeDefined();
  expect(send).toHaveBeenCalledTimes(1);
  await isClosed();
});
