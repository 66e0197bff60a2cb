/** `npm run dev`: the embedded Supabase with Vite's hot reload in front of it. Options as `npm start`. */
import { createServer, type ViteDevServer } from "vite";
import { projectDir, readArguments } from "./arguments.ts";
import { startProduct } from "./product-stack.ts";
import { resetData } from "./reset.ts";
import { runUntilStopped } from "./run.ts";

await runUntilStopped(async (signal) => {
  const { port, dataDir, isReset } = readArguments(process.argv.slice(2), process.env);
  const say = (line: string) => console.log(`  ${line}`);
  if (isReset) await resetData(dataDir, say);
  say("Starting the embedded Supabase …");
  const devOrigin = "http://127.0.0.1:5173";
  const stack = await startProduct({
    port,
    dataDir,
    signal,
    watchFunctions: true,
    extraRedirectOrigins: [devOrigin],
    functionsEnv: { APP_URL: devOrigin },
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

async function openVite(apiUrl: string): Promise<ViteDevServer> {
  const vite = await createServer({
    root: projectDir,
    server: { host: "127.0.0.1", port: 5173, strictPort: true, proxy: { "/config.json": apiUrl } },
  });
  await vite.listen();
  return vite;
}
