import { CopyButton } from "./copy-button";
import { mailHref, phoneHref, webHref, webLabel } from "./links";

export type ValueKind = "text" | "multiline" | "url" | "email" | "phone";

interface ValueViewProps {
  value: string;
  kind: ValueKind;
  /** -1 inside a table's cells, which are not in the tab order. */
  tabIndex?: number;
}

/** As high as a finger needs: other links stand right below. */
const linkClasses = "truncate text-primary-text leading-6 underline-offset-2 hover:underline";

/** A value as people use it: addresses can be opened, mailed, dialled. */
export function ValueView({ value, kind, tabIndex }: ValueViewProps) {
  if (kind === "multiline") return <p className="whitespace-pre-line break-words py-0.5">{value}</p>;
  if (kind === "email") {
    return (
      <span className="group/value inline-flex min-w-0 max-w-full items-center gap-1">
        <a href={mailHref(value)} className={linkClasses} tabIndex={tabIndex}>
          {value}
        </a>
        <CopyButton
          text={value}
          label={`Copy ${value}`}
          className="opacity-0 focus-visible:opacity-100 group-hover/value:opacity-100 pointer-coarse:opacity-100"
          {...(tabIndex !== undefined && { tabIndex })}
        />
      </span>
    );
  }
  const web = kind === "url" ? webHref(value) : null;
  const href = kind === "phone" ? phoneHref(value) : web;
  if (href === null) return <span className="truncate leading-6">{value}</span>;
  return (
    <a
      href={href}
      className={linkClasses}
      tabIndex={tabIndex}
      {...(web !== null && { target: "_blank", rel: "noopener noreferrer" })}
    >
      {web === null ? value : webLabel(web)}
    </a>
  );
}
