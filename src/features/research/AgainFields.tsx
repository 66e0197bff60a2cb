import type { RowList } from "@contracts";
import { knownText } from "./cache-words";
import { Option } from "./Option";
import { againLabel } from "./scope-words";

interface AgainFieldsProps {
  list: RowList;
  again: boolean;
  onAgain: (again: boolean) => void;
  /** For how many days results are used again; none where they never are. */
  kept: readonly number[];
  afresh: boolean;
  onAfresh: (afresh: boolean) => void;
}

/** Which rows are taken although they were done before, and whether results that are saved are used. */
export function AgainFields({ list, again, onAgain, kept, afresh, onAfresh }: AgainFieldsProps) {
  const rows = list === "contacts" ? "Contacts" : "Companies";
  return (
    <fieldset className="flex flex-col gap-3 border-t pt-4">
      <legend className="sr-only">{rows}</legend>
      <Option
        label={againLabel(list)}
        hint={`${rows} that were done before are included. Otherwise they are left out.`}
        checked={again}
        onChange={onAgain}
      />
      {kept.length > 0 && (
        <Option label="Ignore saved results" hint={knownText(kept)} checked={afresh} onChange={onAfresh} />
      )}
    </fieldset>
  );
}
