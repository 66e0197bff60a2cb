import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useShortcutsHelp } from "@/stores/shortcuts-help";
import { paletteShortcut } from "./palette-shortcut";

/** The keys of each shortcut; any one of them does it. */
const SHORTCUTS = [
  {
    title: "Everywhere",
    rows: [
      { keys: [paletteShortcut], does: "Search and commands" },
      { keys: ["/"], does: "Search the list" },
      { keys: ["?"], does: "This help" },
      { keys: ["Esc"], does: "Close the panel or dialog, empty the search" },
    ],
  },
  {
    title: "In a list",
    rows: [
      { keys: ["↑", "↓"], does: "Row by row" },
      { keys: ["Page Up", "Page Down"], does: "A screen at a time" },
      { keys: ["Home", "End"], does: "First row and the last one the scrollbar reaches" },
      { keys: ["Space"], does: "Select the row; with Shift all rows up to it" },
      { keys: ["Enter"], does: "Open the row" },
      { keys: ["→", "←"], does: "Cell by cell; back to the whole row" },
      { keys: ["Enter", "F2"], does: "Edit the cell, as a double click does" },
      { keys: ["Esc"], does: "Give up the edit; clear the selection" },
    ],
  },
];

/** What the keys do. */
export default function ShortcutsDialog() {
  const { open, setOpen } = useShortcutsHelp();
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogContent title="Keyboard shortcuts">
        {SHORTCUTS.map(({ title, rows }) => (
          <section key={title} className="flex flex-col gap-1.5">
            <h3 className="font-medium text-muted-foreground text-xs">{title}</h3>
            <dl className="flex flex-col">
              {rows.map(({ keys, does }) => (
                <div
                  key={does}
                  className="flex items-center justify-between gap-4 border-t py-1.5 first:border-t-0"
                >
                  <dt className="text-sm">{does}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </DialogContent>
    </Dialog>
  );
}
