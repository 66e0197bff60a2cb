import type { SendTestResult } from "@contracts";
import { Code, Exchange } from "@/components/record/exchange";
import { Notes } from "@/components/record/notes";
import { Alert } from "@/components/ui/alert";
import { testVerdict } from "./test-words";

/** What came of a test: the verdict, what was understood, and what was sent and received. */
export function TestResult({ result }: { result: SendTestResult }) {
  const { good, title, message } = testVerdict(result);
  const found = result.understood.filter(({ result: data }) => data !== undefined);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Alert variant={good ? "success" : "destructive"} title={title}>
        {message}
      </Alert>
      {found.map(({ id, result: data }) => (
        <Code key={id} label="What was understood" text={JSON.stringify(data)} />
      ))}
      <Notes notes={result.notes} />
      <Exchange data={result.delivery} open={!good} />
    </div>
  );
}
