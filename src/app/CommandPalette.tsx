import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { CornerDownLeft, LoaderCircle, Search, Target } from "lucide-react";
import { type FocusEvent, useEffect, useRef } from "react";
import { useNavigate } from "react-router-dom";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { backdropClasses, popupItemClasses } from "@/components/ui/popup";
import { campaignSearchOptions, recentCampaignsOptions } from "@/features/campaigns/queries";
import { useCurrentWorkspace } from "@/features/workspaces/queries";
import { cn } from "@/lib/cn";
import { useDebounced } from "@/lib/use-debounced";
import { type Command, useCommandPalette } from "@/stores/commands";
import { type CommandGroup, findCommands } from "./find-commands";
import { type FoundCommand, type FoundRecords, useFoundRecords } from "./use-found-records";

/** Finds campaigns, companies, contacts and commands by typing; Enter goes there or does it. */
export default function CommandPalette() {
  const { open, setOpen } = useCommandPalette();
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClasses} />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-4 pt-[12vh]">
          <Dialog.Popup
            aria-label="Command palette"
            onFocus={takeOver}
            className="flex max-h-[min(28rem,76dvh)] w-full max-w-xl flex-col overflow-hidden rounded-xl bg-popover text-foreground shadow-popover outline-none transition-[transform,opacity] duration-100 data-ending-style:scale-98 data-starting-style:scale-98 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <PaletteList onDone={() => setOpen(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** From here on the palette gets its keys itself; what was typed on the way is added to. */
function takeOver({ target, currentTarget }: FocusEvent) {
  const { opening, setOpened } = useCommandPalette.getState();
  if (!opening || target === currentTarget) return;
  setOpened();
  if (target instanceof HTMLInputElement) target.setSelectionRange(target.value.length, target.value.length);
}

function PaletteList({ onDone }: { onDone: () => void }) {
  const { text, setText, entered, setEntered, commands } = useCommandPalette();
  const input = useRef<HTMLInputElement>(null);
  const { campaigns, areKnown } = useCampaignCommands(text);
  const records = useFoundRecords(text, areKnown);
  const groups: CommandGroup<FoundCommand>[] = [
    ...(campaigns.length > 0 ? [{ value: "Campaigns", items: campaigns }] : []),
    ...findCommands(commands.values(), text),
    // Last: what is above them stays where it is when they come.
    ...records.groups,
  ];
  const nothing = groups.length === 0 && (records.state === "idle" || records.state === "found");
  const run = (command: Command) => {
    onDone();
    command.run();
  };
  const first = groups[0]?.items[0];
  const isPending = !areKnown || records.state === "pending";
  const isFailed = records.state === "failed";
  useEffect(() => {
    // Asked anew: effects of one render may run twice.
    if (!entered || !useCommandPalette.getState().entered) return;
    if (first !== undefined && !isFailed) run(first);
    else if (!isPending) setEntered(false);
  });
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
          ref={input}
          aria-label="Search campaigns, companies, contacts and commands"
          placeholder="Search campaigns, companies, contacts, commands…"
          maxLength={500}
          onKeyDown={({ key, nativeEvent }) => {
            if (key === "Enter" && !nativeEvent.isComposing && first === undefined) setEntered(true);
          }}
          className="h-12 w-full bg-transparent text-base outline-none placeholder:text-muted-foreground"
        />
        <Dialog.Close className="sr-only">Close</Dialog.Close>
      </div>
      <Autocomplete.Empty className="text-muted-foreground text-sm">
        {nothing && <p className="px-4 py-8 text-center">Nothing found for “{text}”.</p>}
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 scroll-py-1 overflow-y-auto p-1.5 empty:p-0">
        {(group: CommandGroup<FoundCommand>) => (
          <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1.5">
            <Autocomplete.GroupLabel className="px-2 py-1 font-medium text-muted-foreground text-xs">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: FoundCommand) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  onClick={() => run(command)}
                  className={cn(popupItemClasses, "min-h-9 gap-2.5")}
                >
                  {command.icon && <command.icon aria-hidden />}
                  <span className="truncate">{command.label}</span>
                  {command.detail && (
                    <span className="ml-auto min-w-0 max-w-1/2 truncate text-muted-foreground text-xs">
                      {command.detail}
                    </span>
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <RecordsStatus
        {...records}
        isTold={!nothing}
        onRetry={() => {
          input.current?.focus();
          records.retry();
        }}
      />
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

interface RecordsStatusProps extends Pick<FoundRecords, "state" | "message"> {
  /** Left out where the list says that there is nothing. */
  isTold: boolean;
  onRetry: () => void;
}

/** How the search of companies and contacts is getting on; how many were found is only spoken. */
function RecordsStatus({ state, message, isTold, onRetry }: RecordsStatusProps) {
  const isSeen = state === "pending" || state === "failed";
  return (
    <div className={cn("flex items-center gap-2 px-4 text-sm", isSeen && "min-h-9 border-t py-1")}>
      {state === "pending" && (
        <LoaderCircle aria-hidden className="size-4 animate-spin text-muted-foreground" />
      )}
      <Autocomplete.Status
        className={cn(
          isSeen ? "min-w-0" : "sr-only",
          state === "failed" ? "text-destructive-text" : "text-muted-foreground",
        )}
      >
        {isTold && message}
      </Autocomplete.Status>
      {state === "failed" && (
        <Button variant="link" size="sm" className="px-0" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/**
 * Campaigns as commands that open them: the newest until something is typed, then those whose name contains it. `areKnown`: they are
 * those for the text as it is now, or cannot be had.
 */
function useCampaignCommands(text: string): { campaigns: Command[]; areKnown: boolean } {
  const workspaceId = useCurrentWorkspace()?.id ?? "";
  const navigate = useNavigate();
  const typed = text.trim();
  const query = useDebounced(typed, 150);
  const recent = useQuery({ ...recentCampaignsOptions(workspaceId), enabled: workspaceId !== "" });
  const search = useQuery({
    ...campaignSearchOptions(workspaceId, query),
    enabled: workspaceId !== "" && query !== "",
  });
  const areKnown = typed === "" || (query === typed && !search.isFetching);
  // Those for an earlier text stay only where they fit this one.
  const searched = areKnown ? search.data : search.data?.filter(({ name }) => contains(name, typed));
  const found = typed === "" ? recent.data?.slice(0, 5) : searched;
  return {
    campaigns: (found ?? []).map(({ id, name }) => ({
      id: `campaign-${id}`,
      label: name,
      group: "Campaigns",
      icon: Target,
      run: () => void navigate(`/c/${id}/companies`),
    })),
    areKnown,
  };
}

function contains(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.toLowerCase());
}
