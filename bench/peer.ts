/** A queue that ours is measured against. */
export interface Peer {
  name: string;
  version: string;
  /** Queues so many empty jobs. */
  fill(jobs: number): Promise<void>;
  /** Works until they are done. */
  drain(jobs: number): Promise<void>;
  /** What follows and is no part of the work: workers end. */
  settle?(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a peer on the database; each keeps its tables in a schema of its own. `fetches`: how many jobs it takes at once, if it can be told. */
export type OpenPeer = (url: string, fetches?: number) => Promise<Peer>;
