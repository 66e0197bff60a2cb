import { Button } from "@/components/ui/button";
import { Logo } from "@/components/ui/logo";
import { isNetworkError } from "@/lib/errors";

/** The app could not be started, because it does not know where its API is. */
export function StartError({ error }: { error: unknown }) {
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-4 bg-sidebar px-6 text-center">
      <title>Aim for Leads cannot start</title>
      <Logo className="size-10" />
      <h1 className="font-semibold text-xl">Aim for Leads cannot start</h1>
      <p className="max-w-md text-balance text-muted-foreground" role="alert">
        {isNetworkError(error)
          ? "The server cannot be reached. Nothing that was saved is lost. Check that it is running, then reload."
          : `The installation is not set up right: ${detail} Nothing that was saved is lost; tell whoever runs it.`}
      </p>
      <Button variant="primary" onClick={() => location.reload()}>
        Reload
      </Button>
    </main>
  );
}
