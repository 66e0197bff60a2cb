/** A queue that ours is measured against. */
export interface Peer {
  name: string;
  version: string;
  /** Queues so many empty jobs. */
  fill(jobs: number): Promise<void>;
  /** Works until they are done. */
  drain(jobs: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a peer on the database; each keeps its tables in a schema of its own. */
export type OpenPeer = (url: string) => Promise<Peer>;
