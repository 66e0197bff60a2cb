import type { KeyboardEvent } from "react";

/** Whether a key press is an Enter that confirms, and not one that ends the composition of a Chinese, Japanese or Korean word. */
export function confirms(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.nativeEvent.isComposing;
}
