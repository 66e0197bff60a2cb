export interface BenchOptions {
  /** Keep the seeded database for the next run of the same schema, instead of seeding anew. */
  keep: boolean;
}

/** One measurement: prints what it sees, and gives the figures of its last line. */
export type Bench = (options: BenchOptions) => Promise<Record<string, unknown>>;
