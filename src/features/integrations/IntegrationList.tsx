import { ChevronRight, TriangleAlert } from "lucide-react";
import { Link } from "react-router-dom";
import { Badge } from "@/components/ui/badge";
import { KINDS } from "./kinds";
import type { Integration } from "./queries";
import { missingText, paceText } from "./words";

/** The host of an address, which tells integrations apart; the rest of it is long and may hold a secret. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function IntegrationRow({ integration }: { integration: Integration }) {
  const missing = missingText(integration);
  return (
    <li>
      <Link
        to={`/settings/integrations/${integration.id}`}
        className="flex items-center gap-3 px-4 py-3 hover:bg-muted"
      >
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex min-w-0 flex-wrap items-center gap-x-2">
            <span className="min-w-0 truncate font-medium">{integration.name}</span>
            <Badge>{KINDS[integration.kind].label}</Badge>
            <span className="min-w-0 truncate text-muted-foreground text-sm">{hostOf(integration.url)}</span>
          </span>
          <span className="text-muted-foreground text-xs">{paceText(integration)}</span>
          {missing !== null && (
            <span className="flex items-start gap-1 text-warning-text text-xs">
              <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
              {missing}
            </span>
          )}
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      </Link>
    </li>
  );
}

/** The integrations of a workspace; each leads to its page. */
export function IntegrationList({ integrations }: { integrations: readonly Integration[] }) {
  return (
    <ul aria-labelledby="integrations" className="divide-y">
      {integrations.map((integration) => (
        <IntegrationRow key={integration.id} integration={integration} />
      ))}
    </ul>
  );
}
