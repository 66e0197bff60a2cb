import { useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router-dom";

/** How one value of a page's state is read from and written to its search parameter. */
export interface Param<Value> {
  /** The value of a parameter's text; undefined for text that makes no sense. */
  parse: (text: string) => Value | undefined;
  /** The text of a value. */
  format: (value: Value) => string;
  /** The value while the parameter is missing or senseless; it is never written to the URL. */
  fallback: Value;
}

/** Parameter names with how each is read. */
export type Params<State> = { [Name in keyof State]: Param<State[Name]> };

/** Any text; "" when missing. */
export function text(): Param<string> {
  return { parse: (value) => value, format: (value) => value, fallback: "" };
}

/** One of a fixed set of words. */
export function oneOf<const Value extends string, const Fallback extends Value | null>(
  values: readonly Value[],
  fallback: Fallback,
): Param<Value | Fallback> {
  return {
    parse: (value) => values.find((candidate) => candidate === value),
    format: (value) => value ?? "",
    fallback,
  };
}

/** Yes, no or not said (null), as `1` and `0`. */
export function flag(): Param<boolean | null> {
  return {
    parse: (value) => (value === "1" ? true : value === "0" ? false : undefined),
    format: (value) => (value ? "1" : "0"),
    fallback: null,
  };
}

const noItems: readonly string[] = [];

/** Several texts, separated by commas; commas and backslashes inside an item are escaped. */
export function list(): Param<readonly string[]> {
  return {
    parse: (value) => {
      const items = value.match(/(?:\\.|[^,\\])+/gsu) ?? [];
      return items.map((item) => item.replace(/\\(.)/gsu, "$1"));
    },
    format: (items) =>
      items
        .filter((item) => item !== "")
        .map((item) => item.replace(/[,\\]/g, "\\$&"))
        .join(","),
    fallback: noItems,
  };
}

/** The id of a row; "" when missing. */
export function id(): Param<string> {
  const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  return { ...text(), parse: (value) => (pattern.test(value) ? value : undefined) };
}

/** The number of a row; null when missing. */
export function rowNumber(): Param<number | null> {
  return {
    parse: (value) => (/^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined),
    format: (value) => String(value ?? ""),
    fallback: null,
  };
}

/** A day such as 2026-01-31; "" when missing. */
export function day(): Param<string> {
  return { ...text(), parse: (value) => (isDay(value) ? value : undefined) };
}

/** Whether a text is a day since 1970, as 2026-01-31. */
export function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(value) && date.getTime() >= 0 && date.toISOString().startsWith(value);
}

/** Several pairs of texts, none of them empty. */
export function pairs(most: number): Param<readonly (readonly [string, string])[]> {
  const texts = list();
  return {
    parse: (value) => {
      const items = texts.parse(value) ?? [];
      const found = items.flatMap((first, at) => {
        const second = items[at + 1];
        return at % 2 === 0 && second !== undefined ? [[first, second] as const] : [];
      });
      return found.slice(0, most);
    },
    format: (value) => texts.format(value.flat()),
    fallback: [],
  };
}

/** The state that the search parameters say. */
export function readState<State extends object>(params: Params<State>, search: URLSearchParams): State {
  const entries = names(params).map((name) => {
    const raw = search.get(name);
    const value = raw === null ? undefined : params[name].parse(raw);
    return [name, value === undefined ? params[name].fallback : value];
  });
  // The keys and value types are those of `params`, which `Object.fromEntries` cannot carry over.
  return Object.fromEntries(entries) as State;
}

/** The search parameters with `patch` written in; parameters of others stay, values equal to their fallback go away. */
export function writeState<State extends object>(
  params: Params<State>,
  search: URLSearchParams,
  patch: Partial<State>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of names(params)) {
    const value = patch[name];
    if (value === undefined) continue;
    const { format, fallback } = params[name];
    const written = value === fallback || value === null ? "" : format(value);
    if (written === "" || (fallback !== null && written === format(fallback))) next.delete(name);
    else next.set(name, written);
  }
  return next;
}

/**
 * A page's state kept in the URL, so that it survives reload and can be shared. `params` must be a constant.
 * `setState(patch)` replaces the history entry unless `{ push: true }`.
 */
export function useUrlState<State extends object>(
  params: Params<State>,
): [State, (patch: Partial<State>, options?: { push?: boolean }) => void] {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => readState(params, search), [params, search]);
  // A change that comes before the last one is drawn, or from a handler of before it, builds on it too.
  const latest = useRef(search);
  useLayoutEffect(() => {
    latest.current = search;
  }, [search]);
  const setState = useCallback(
    (patch: Partial<State>, { push = false }: { push?: boolean } = {}) => {
      latest.current = writeState(params, latest.current, patch);
      setSearch(latest.current, { replace: !push, preventScrollReset: true });
    },
    [params, setSearch],
  );
  return [state, setState];
}

function names<State extends object>(params: Params<State>): (keyof State & string)[] {
  // `Object.keys` only knows string; the object has no other keys than those of its type.
  return Object.keys(params) as (keyof State & string)[];
}
