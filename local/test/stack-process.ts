/** A stack in a process of its own, as a start script runs it. The argument is its options as JSON. */
import { StackError, startStack } from "../src/stack.ts";

const interrupted = new AbortController();
process.on("SIGINT", () => interrupted.abort());

try {
  const stack = await startStack({
    ...JSON.parse(process.argv[2] ?? "{}"),
    signal: interrupted.signal,
    onProgress: console.log,
  });
  interrupted.signal.addEventListener("abort", async () => {
    await stack.stop();
    process.exit(0);
  });
  stack.failed.then(async (error) => {
    console.log(error.message);
    await stack.stop();
    process.exit(1);
  });
  console.log("ready");
} catch (error) {
  if (interrupted.signal.aborted) process.exit(0);
  if (!(error instanceof StackError)) throw error;
  console.log(error.message);
  process.exit(1);
}
