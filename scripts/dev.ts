/** `npm run dev`: the embedded Supabase with Vite's hot reload in front of it. Options as `npm start`. */
import { createServer } from "node:http";
import { createServer as createViteServer } from "vite";
import { StackError } from "../local/src/stack.ts";
import { projectDir, readArguments, readSettings } from "./arguments.ts";
import { startProduct } from "./product-stack.ts";
import { resetData } from "./reset.ts";
import { runUntilStopped } from "./run.ts";

const PORT = 5173;

await runUntilStopped(async (signal) => {
  const { port, dataDir, isReset } = readArguments(process.argv.slice(2), process.env);
  const say = (line: string) => console.log(`  ${line}`);
  if (isReset) await resetData(dataDir, say);
  say("Starting the embedded Supabase …");
  const devOrigin = `http://127.0.0.1:${PORT}`;
  const stack = await startProduct({
    port,
    dataDir,
    signal,
    watchFunctions: true,
    extraRedirectOrigins: [devOrigin],
    functionsEnv: { APP_URL: devOrigin, ...readSettings(process.env) },
  });
  const vite = await openVite(stack.url).catch(async (error: unknown) => {
    await stack.stop();
    throw error;
  });
  console.log(`\nReady: ${devOrigin}   API: ${stack.url}   (mail: ${stack.mailboxUrl})   Ctrl-C stops both.`);
  return {
    failed: stack.failed,
    async stop() {
      await vite.close();
      await stack.stop();
    },
  };
});

/**
 * Vite behind a server of ours. With one of its own it ends this process by itself on SIGTERM and when the terminal is closed,
 * before the stack has stopped.
 */
async function openVite(apiUrl: string): Promise<{ close(): Promise<void> }> {
  const server = createServer();
  const vite = await createViteServer({
    root: projectDir,
    server: { middlewareMode: true, ws: { server }, proxy: { "/config.json": apiUrl } },
  });
  server.on("request", vite.middlewares);
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
    server.listen(PORT, "127.0.0.1");
  }).catch(async (error: NodeJS.ErrnoException) => {
    await vite.close();
    if (error.code !== "EADDRINUSE") throw error;
    throw new StackError(`Port ${PORT} is taken. Stop what listens there, another \`npm run dev\` perhaps.`);
  });
  return {
    async close() {
      await vite.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
