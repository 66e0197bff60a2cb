import { Select } from "@/components/ui/select";

interface OwnerFieldProps {
  /** Who looks after the record; null for nobody. */
  ownerId: string | null;
  /** Who may; empty while they are not known. */
  owners: readonly { value: string; label: string }[];
  /** Left out where the user may not edit. */
  onSave?: ((ownerId: string | null) => void) | undefined;
}

/** The choice of nobody; members are chosen by their ids. */
const NOBODY = "nobody";

/** Who looks after a record, chosen from the members. */
export function OwnerField({ ownerId, owners, onSave }: OwnerFieldProps) {
  const known = owners.find(({ value }) => value === ownerId);
  const unknown = ownerId !== null && known === undefined;
  const options = [
    { value: NOBODY, label: "Nobody" },
    ...owners,
    ...(unknown ? [{ value: ownerId, label: owners.length === 0 ? "…" : "Somebody who left" }] : []),
  ];
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 py-1 text-sm">
      <span className="pt-1.5 text-muted-foreground">Owner</span>
      {onSave ? (
        <Select
          aria-label="Owner"
          className="w-full max-w-72 min-w-0"
          options={options}
          value={ownerId ?? NOBODY}
          onValueChange={(value) => {
            if (value !== (ownerId ?? NOBODY)) onSave(value === NOBODY ? null : value);
          }}
        />
      ) : (
        <span className="truncate pt-1.5">
          {ownerId === null ? "–" : options.find(({ value }) => value === ownerId)?.label}
        </span>
      )}
    </div>
  );
}
