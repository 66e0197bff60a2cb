import type { IntegrationsRequest } from "@contracts";
import { callFunction } from "@/lib/functions";

/** Calls the edge function `integrations`, which checks what is asked. */
export async function ask(request: IntegrationsRequest): Promise<unknown> {
  const response = await callFunction("integrations", request);
  return response.json();
}
