import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import type { Json } from "@/database.types";
import { formatMilliseconds } from "@/lib/format";
import { CopyButton } from "./copy-button";
import { prettyJson } from "./pretty-json";

/** A request to an integration and what came back, as they are kept: without secrets. */
export interface ExchangeData {
  /** Host and path. */
  address: string;
  duration_ms: number;
  request_headers: Json;
  request_body: string;
  /** Null when there was no response. */
  status: number | null;
  response_body: string | null;
}

interface PartProps {
  title: string;
  /** Open from the start. */
  open?: boolean;
  children: ReactNode;
}

/** A part that is opened and closed by its title. */
function Part({ title, open = false, children }: PartProps) {
  return (
    <details open={open} className="group min-w-0">
      <summary className="flex w-fit cursor-default select-none list-none items-center gap-1 rounded-sm py-1 font-medium text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-3.5 text-muted-foreground transition-transform group-open:rotate-90"
        />
        {title}
      </summary>
      <div className="flex min-w-0 flex-col gap-2 pt-1 pb-2">{children}</div>
    </details>
  );
}

/** A text as it was sent or received, JSON laid out. A read-only control, so that the keyboard can scroll and select it. */
export function Code({ label, text }: { label: string; text: string }) {
  const shown = prettyJson(text);
  const lines = shown.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 70)), 0);
  return (
    <div className="relative min-w-0">
      <textarea
        readOnly
        aria-label={label}
        rows={Math.min(16, Math.max(1, lines))}
        value={shown}
        spellCheck={false}
        className="field-sizing-content block max-h-80 w-full resize-y rounded-md border bg-muted p-2.5 pr-9 font-mono text-foreground text-xs leading-relaxed"
      />
      <CopyButton
        text={text}
        label={`Copy: ${label.toLowerCase()}`}
        className="absolute top-1.5 right-1.5 bg-muted"
      />
    </div>
  );
}

function headerLines(headers: Json): string {
  if (typeof headers !== "object" || headers === null) return "";
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join("\n");
}

/** The request and the response of a delivery, each to be opened. */
export function Exchange({ data, open }: { data: ExchangeData; open?: boolean }) {
  const { address, duration_ms, request_headers, request_body, status, response_body } = data;
  return (
    <div className="flex min-w-0 flex-col">
      <Part title="Request" open={open ?? false}>
        <p className="break-all font-mono text-xs">POST {address}</p>
        <Code label="Request headers" text={headerLines(request_headers)} />
        <Code label="Request body" text={request_body} />
      </Part>
      <Part
        title={
          status === null ? "No response" : `Response ${status}, after ${formatMilliseconds(duration_ms)}`
        }
        open={open ?? false}
      >
        {response_body === null ? (
          <p className="text-muted-foreground text-sm">
            {status === null ? "Nothing came back." : "The response was not kept."}
          </p>
        ) : response_body === "" ? (
          <p className="text-muted-foreground text-sm">The response was empty.</p>
        ) : (
          <Code label="Response body" text={response_body} />
        )}
      </Part>
    </div>
  );
}
