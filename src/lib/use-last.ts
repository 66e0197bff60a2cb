import { useState } from "react";

/** The value, or while it is null the last one that was not: what a panel shows while it slides away. */
export function useLast<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
