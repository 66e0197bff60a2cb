import { ExternalLink } from "lucide-react";
import { Suspense, useContext } from "react";
import { formatDate, formatDateTime } from "@/lib/format";
import { IntegrationSourceContext, integrationOf } from "./integration-source";
import { webHref, webLabel } from "./links";
import type { Provenance } from "./provenance";

interface SourceLinkProps {
  source: string;
  /** ISO time of reading the page. */
  at?: string;
}

/** The page a value was read on, or the integration that knew it, and when. */
export function SourceLink({ source, at }: SourceLinkProps) {
  const IntegrationSource = useContext(IntegrationSourceContext);
  const integration = integrationOf(source);
  const page = <PageLink source={source} />;
  return (
    <span className="flex min-w-0 max-w-full flex-wrap items-center gap-x-2 text-muted-foreground text-xs">
      {IntegrationSource && integration !== null ? (
        <Suspense>
          <IntegrationSource id={integration} otherwise={page} />
        </Suspense>
      ) : (
        page
      )}
      {at !== undefined && (
        <time dateTime={at} title={formatDateTime(at)} className="shrink-0">
          as of {formatDate(at)}
        </time>
      )}
    </span>
  );
}

function PageLink({ source }: { source: string }) {
  const href = webHref(source);
  if (href === null) return <span className="truncate">{source}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex min-h-6 min-w-0 max-w-full items-center gap-1 underline-offset-2 hover:text-foreground hover:underline"
    >
      <ExternalLink aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{webLabel(href)}</span>
      <span className="sr-only">(source, opens in a new tab)</span>
    </a>
  );
}

interface SourceNoteProps {
  /** The field is empty: then it was emptied by people. */
  empty: boolean;
  provenance: Provenance;
  /** Takes over what research found; left out where the value cannot be edited. */
  onUse?: ((value: string) => void) | undefined;
}

/** Where a value came from: a page, or people. Offers what research found where people's own value won over it. */
export function SourceNote({ empty, provenance, onUse }: SourceNoteProps) {
  if (provenance.kind === "none") return null;
  if (provenance.kind === "researched") return <SourceLink source={provenance.source} at={provenance.at} />;
  const { found } = provenance;
  if (found === null) return <span className="text-muted-foreground text-xs">Imported or edited</span>;
  return (
    <div className="flex flex-col rounded-md bg-accent px-2 py-1 text-xs">
      <span className="text-muted-foreground">
        {empty ? "Research found:" : "Imported or edited. Research found:"}
      </span>
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 break-words">{found.value}</span>
        {onUse && (
          <button
            type="button"
            className="shrink-0 font-medium text-primary-text leading-6 hover:underline"
            onClick={() => onUse(found.value)}
          >
            Use this
          </button>
        )}
      </span>
      <SourceLink source={found.source} at={found.at} />
    </div>
  );
}
