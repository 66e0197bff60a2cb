import type { rpcArguments } from "@contracts";
import type * as z from "zod/mini";
import type { Database } from "@/database.types";
import { unwrap } from "./errors";
import type { rpcResults } from "./rpc-results";
import { getSupabase } from "./supabase";

type Functions = Database["public"]["Functions"];
/** What each function takes: its contract. A test compares the contracts with the functions that there are. */
type Arguments = { [Name in keyof Functions]: z.input<(typeof rpcArguments)[Name]> };
type Results = { [Name in keyof Functions]: z.output<(typeof rpcResults)[Name]> };

const contracts = () => import("./rpc-results");
// A call that finds them missing fetches them itself and says what is wrong.
contracts().catch(console.warn);

/**
 * Calls a function of the database as the signed-in user and checks what it answers. Throws `RequestError` when the call failed, and a
 * `ZodError` when the answer is not what the contracts say.
 */
export async function rpc<Name extends keyof Functions>(
  name: Name,
  args: Arguments[Name],
  signal?: AbortSignal,
): Promise<Results[Name]> {
  // First: what has been done is not to be called a failure because its answer cannot be read.
  const { rpcResults: results } = await contracts();
  // The contract says more of its JSON than the generated types, which have one name for all of it.
  const call = getSupabase().rpc(name, args as Functions[Name]["Args"]);
  const data = unwrap(await (signal ? call.abortSignal(signal) : call));
  // `parse` of the schema that belongs to the name; the compiler cannot follow a name it does not know yet.
  return results[name].parse(data) as Results[Name];
}
