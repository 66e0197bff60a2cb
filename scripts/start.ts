/** `npm start`: the embedded Supabase and the built web app on one port. Options: --port N, --demo, --reset. */
import { buildApp } from "./app-build.ts";
import { readArguments, readSettings } from "./arguments.ts";
import { resetData } from "./reset.ts";
import { runUntilStopped } from "./run.ts";

await runUntilStopped(async (signal) => {
  const { port, dataDir, isDemo, isReset } = readArguments(process.argv.slice(2), process.env);
  const settings = readSettings(process.env);
  const say = (line: string) => console.log(`  ${line}`);
  console.log("Aim for Leads");
  if (isReset) await resetData(dataDir, say);
  const { startProduct } = await import("./product-stack.ts");
  const appDir = await buildApp(say);
  say("Starting the embedded Supabase …");
  if (isDemo) {
    const { startDemo } = await import("./demo/demo.ts");
    return await startDemo({ port, dataDir, appDir, signal, settings, say });
  }
  const stack = await startProduct({
    port,
    dataDir,
    appDir,
    signal,
    functionsEnv: settings,
  });
  console.log(`\nReady: ${stack.url}   (mail: ${stack.mailboxUrl})   Ctrl-C stops it.`);
  return stack;
});
