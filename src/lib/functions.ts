import { getConfig } from "./config";
import { responseError } from "./errors";
import { getSupabase } from "./supabase";

/** Calls an edge function as the signed-in user. Throws RequestError when it does not answer with success. */
export async function callFunction(name: string, body: object, signal?: AbortSignal): Promise<Response> {
  const { url, publishableKey } = getConfig();
  const { data, error } = await getSupabase().auth.getSession();
  if (error) throw error;
  const response = await fetch(`${url}/functions/v1/${name}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${data.session?.access_token ?? ""}`,
      apikey: publishableKey,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  if (!response.ok) throw await responseError(response);
  return response;
}
