import { useEffect } from "react";
import { useCommandPalette } from "@/stores/commands";

/**
 * Gives the palette the keys that are typed from its opening until it has the focus, for which its code may have to be fetched first:
 * neither the page behind nor its shortcuts get them.
 */
export function usePaletteKeys(): void {
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      const { opening, text, setText, setEntered, setOpen } = useCommandPalette.getState();
      if (!opening || event.isComposing || isShortcut(event)) return;
      const letters = [...text];
      if ([...event.key].length === 1) setText(text + event.key);
      else if (event.key === "Backspace") setText(letters.slice(0, -1).join(""));
      else if (event.key === "Enter") setEntered(true);
      else if (event.key === "Escape") setOpen(false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener("keydown", take, true);
    return () => removeEventListener("keydown", take, true);
  }, []);
}

/** AltGr, with which characters are typed, counts as Ctrl and Alt on some systems. */
function isShortcut(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
}
