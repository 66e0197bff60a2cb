import { Logo } from "@/components/ui/logo";

/** While the app itself or the session is being loaded; `index.html` has the same for the time before that. */
export function SplashScreen() {
  return (
    <main className="flex min-h-dvh items-center justify-center bg-sidebar">
      <title>Aim for Leads</title>
      <h1 className="sr-only">Aim for Leads is loading</h1>
      <Logo className="size-10 animate-pulse" />
    </main>
  );
}
