import { rpcResults } from "@contracts";
import type * as z from "zod/mini";
import type { Database } from "@/database.types";
import { unwrap } from "./errors";
import { getSupabase } from "./supabase";

type Functions = Database["public"]["Functions"];
type Results = { [Name in keyof Functions]: z.output<(typeof rpcResults)[Name]> };

/**
 * Calls a function of the database as the signed-in user and checks what it answers. Throws `RequestError` when the call failed, and a
 * `ZodError` when the answer is not what the contracts say.
 */
export async function rpc<Name extends keyof Functions>(
  name: Name,
  args: Functions[Name]["Args"],
  signal?: AbortSignal,
): Promise<Results[Name]> {
  const call = getSupabase().rpc(name, args);
  const data = unwrap(await (signal ? call.abortSignal(signal) : call));
  // `parse` of the schema that belongs to the name; the compiler cannot follow a name it does not know yet.
  return rpcResults[name].parse(data) as Results[Name];
}
