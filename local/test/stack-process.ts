/** A stack in a process of its own, as a start script runs it. The argument is its options as JSON. */
import { StackError, startStack } from "../src/stack.ts";

try {
  const stack = await startStack({ ...JSON.parse(process.argv[2] ?? "{}"), onProgress: console.log });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await stack.stop();
    process.exit(0);
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  stack.failed.then(async (error) => {
    console.log(error.message);
    await stack.stop();
    process.exit(1);
  });
  console.log("ready");
} catch (error) {
  if (!(error instanceof StackError)) throw error;
  console.log(error.message);
  process.exit(1);
}
