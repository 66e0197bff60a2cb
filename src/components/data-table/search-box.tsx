import { Search, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { confirms } from "@/components/ui/confirms";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { isTyping } from "@/lib/typing";
import { useTypedSearch } from "./use-typed-search";

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
}

/** Searches as one types; "/" anywhere on the page goes here, Escape empties it. */
export function SearchBox({ value, onChange, label }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const { text, type, searchNow, composition } = useTypedSearch(value, onChange);

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== "/" || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey)
        return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);

  return (
    <search className="relative w-full max-sm:order-first sm:w-64">
      <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-muted-foreground" />
      <Input
        ref={input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        maxLength={200}
        className="peer px-8"
        value={text}
        onValueChange={type}
        {...composition}
        onKeyDown={(event) => {
          if (confirms(event)) searchNow(text);
          if (event.key === "Escape" && !event.nativeEvent.isComposing && text !== "") {
            event.preventDefault();
            searchNow("");
          }
        }}
      />
      {text === "" ? (
        <Kbd aria-hidden className="absolute top-1.5 right-1.5 hidden peer-focus:hidden sm:inline-flex">
          /
        </Kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear search"
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-sm text-muted-foreground hover:bg-accent hover:text-foreground"
          onClick={() => {
            searchNow("");
            input.current?.focus();
          }}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </search>
  );
}
