import { useMutation } from "@tanstack/react-query";
import { getSupabase } from "@/lib/supabase";
import { expectSignOut } from "@/stores/session";

interface Credentials {
  email: string;
  password: string;
}

/** Signs in; the session store hears of it and the page moves on by itself. */
export function useSignIn() {
  return useMutation({
    mutationFn: async (credentials: Credentials) => {
      const { error } = await getSupabase().auth.signInWithPassword(credentials);
      if (error) throw error;
    },
  });
}

/** Makes an account; a mail to confirm it leads to the path `next`. Resolves to whether the user is signed in now; if not, a mail with a link has been sent. */
export function useSignUp() {
  return useMutation({
    mutationFn: async ({ next, ...credentials }: Credentials & { next: string }) => {
      const { data, error } = await getSupabase().auth.signUp({
        ...credentials,
        options: { emailRedirectTo: location.origin + next },
      });
      if (error) throw error;
      return { signedIn: data.session !== null };
    },
  });
}

/** Has a mail sent with a link to `/reset-password`; also succeeds for an unknown address, so that nobody can probe. */
export function useForgotPassword() {
  return useMutation({
    mutationFn: async (email: string) => {
      const { error } = await getSupabase().auth.resetPasswordForEmail(email, {
        redirectTo: `${location.origin}/reset-password`,
      });
      if (error) throw error;
    },
  });
}

/** Sets the signed-in user's password. */
export function useSetPassword() {
  return useMutation({
    mutationFn: async (password: string) => {
      const { error } = await getSupabase().auth.updateUser({ password });
      if (error) throw error;
    },
  });
}

/** Ends the session in this browser. Throws if the server cannot be told: then the user is still signed in. */
export async function signOut(): Promise<void> {
  expectSignOut(true);
  const { error } = await getSupabase().auth.signOut({ scope: "local" });
  if (!error) return;
  expectSignOut(false);
  throw error;
}
