import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { CornerDownLeft, Search, Target } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { Kbd } from "@/components/ui/kbd";
import { backdropClasses, popupItemClasses } from "@/components/ui/popup";
import { campaignSearchOptions, recentCampaignsOptions } from "@/features/campaigns/queries";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { cn } from "@/lib/cn";
import { useDebounced } from "@/lib/use-debounced";
import { type Command, useCommandPalette } from "@/stores/commands";
import { type CommandGroup, findCommands } from "./find-commands";

/** Finds campaigns and commands by typing; Enter goes there or does it. */
export default function CommandPalette() {
  const { open, setOpen } = useCommandPalette();
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClasses} />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-4 pt-[12vh]">
          <Dialog.Popup
            aria-label="Command palette"
            className="flex max-h-[min(28rem,76dvh)] w-full max-w-xl flex-col overflow-hidden rounded-xl bg-popover text-foreground shadow-popover outline-none transition-[transform,opacity] duration-100 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <PaletteList onDone={() => setOpen(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteList({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState("");
  const campaigns = useCampaignCommands(text);
  const commands = useCommandPalette((state) => state.commands);
  const found = findCommands(commands.values(), text);
  const groups = campaigns.length > 0 ? [{ value: "Campaigns", items: campaigns }, ...found] : found;
  const run = (command: Command) => {
    onDone();
    command.run();
  };
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={text}
      onValueChange={setText}
      itemToStringValue={(command: Command) => command.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <Autocomplete.Input
          aria-label="Search campaigns and commands"
          placeholder="Search campaigns and commands…"
          className="h-12 w-full bg-transparent text-base outline-none placeholder:text-muted-foreground"
        />
        <Dialog.Close className="sr-only">Close</Dialog.Close>
      </div>
      <Autocomplete.Empty className="text-muted-foreground text-sm">
        {groups.length === 0 && <p className="px-4 py-8 text-center">Nothing found for “{text}”.</p>}
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto p-1.5 empty:p-0">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1.5">
            <Autocomplete.GroupLabel className="px-2 py-1 font-medium text-muted-foreground text-xs">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  onClick={() => run(command)}
                  className={cn(popupItemClasses, "min-h-9 gap-2.5")}
                >
                  {command.icon && <command.icon aria-hidden />}
                  <span className="truncate">{command.label}</span>
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <div
        aria-hidden
        className="flex items-center gap-1.5 border-t px-4 py-2 text-muted-foreground text-xs max-sm:hidden"
      >
        <Kbd>
          <CornerDownLeft className="size-3" />
        </Kbd>
        to choose
        <Kbd className="ml-2">Esc</Kbd>
        to close
      </div>
    </Autocomplete.Root>
  );
}

/** Campaigns as commands that open them: the newest until something is typed, then those whose name contains it. */
function useCampaignCommands(text: string): Command[] {
  const workspaceId = useCurrentWorkspace()?.id ?? "";
  const navigate = useNavigate();
  const query = useDebounced(text.trim(), 150);
  const recent = useQuery({ ...recentCampaignsOptions(workspaceId), enabled: workspaceId !== "" });
  const search = useQuery({
    ...campaignSearchOptions(workspaceId, query),
    enabled: workspaceId !== "" && query !== "",
  });
  const campaigns = text.trim() === "" ? recent.data?.slice(0, 5) : search.data;
  return (campaigns ?? []).map(({ id, name }) => ({
    id: `campaign-${id}`,
    label: name,
    group: "Campaigns",
    icon: Target,
    run: () => void navigate(`/c/${id}/companies`),
  }));
}
