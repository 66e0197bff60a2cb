import type { PreviewSourceResult, Source } from "@contracts";
import { Button } from "@/components/ui/button";
import { ErrorAlert } from "@/components/ui/error-alert";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { formatCount, formatNumber } from "@/lib/format";
import { type SourceDraft, sourceOf, sourceProblems } from "./source-form";
import { usePreviewSource } from "./source-queries";

/** Tries a source that the web researcher reads: shows the first companies of its first page. Nothing is stored. */
export function SourcePreview({ draft }: { draft: SourceDraft }) {
  const workspaceId = useCurrentWorkspace()?.id;
  const source = Object.keys(sourceProblems(draft, true)).length === 0 ? sourceOf(draft, true) : null;
  // What was found says nothing of a source that was changed since.
  return workspaceId === undefined ? null : (
    <Preview key={JSON.stringify(source)} workspaceId={workspaceId} source={source} />
  );
}

interface PreviewProps {
  workspaceId: string;
  /** Null while what is typed cannot be read. */
  source: Source | null;
}

function Preview({ workspaceId, source }: PreviewProps) {
  const { data, error, isPending, mutate } = usePreviewSource(workspaceId);
  return (
    <div className="-mt-3 flex flex-col gap-2 border-l-2 pt-3 pl-4">
      <Button
        size="sm"
        className="self-start"
        disabled={source === null}
        pending={isPending}
        onClick={() => source && mutate(source)}
      >
        Try the first page
      </Button>
      <ErrorAlert error={error} />
      {source && data && <Found found={data} source={source} />}
    </div>
  );
}

interface FoundProps {
  found: PreviewSourceResult;
  source: Source;
}

function Found({ found: { total, companies, next_url }, source }: FoundProps) {
  const lines = companies.map(({ name, domain, website }, place) => ({
    key: String(place),
    name: name ?? "No name",
    website: website ?? domain ?? "no website",
  }));
  return (
    <div role="status" className="flex flex-col gap-1 text-sm">
      <p className="font-medium">
        {total === 0
          ? "No company was found on the first page. Correct where the companies are."
          : `${formatCount(total, "company", "companies")} on the first page`}
      </p>
      <ul>
        {lines.map(({ key, name, website }) => (
          <li key={key} className="break-words">
            {name} <span className="text-muted-foreground">{website}</span>
          </li>
        ))}
        {total > lines.length && (
          <li className="text-muted-foreground">and {formatNumber(total - lines.length)} more</li>
        )}
      </ul>
      {source.next !== undefined && (
        <p className="break-all text-muted-foreground text-xs">
          {next_url === null
            ? "No next page was found: this would be the only one."
            : `Next page: ${next_url}`}
        </p>
      )}
    </div>
  );
}
