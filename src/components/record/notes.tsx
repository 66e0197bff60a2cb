/** Sentences about what was received and not used; nothing when there are none. */
export function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <section>
      <h3 className="mb-1 font-medium text-sm">Not used</h3>
      <ul className="flex list-disc flex-col gap-1 pl-5 text-muted-foreground text-sm">
        {[...new Set(notes)].map((note) => (
          <li key={note} className="break-words">
            {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
