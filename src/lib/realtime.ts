import type { RealtimeChannel } from "@supabase/realtime-js";
import { createContext, useContext, useEffect, useEffectEvent } from "react";
import { useServerReachable } from "@/stores/connection";
import { type Change, mergeChanges, parseChanges } from "./changes";
import { getSupabase } from "./supabase";

interface Listener {
  onChanges: (changes: Change[]) => void;
  onResubscribed: () => void;
  onRefused: () => void;
}

/** How long changes are gathered before listeners hear of them, in milliseconds: a running research sends many a second. */
const gatherFor = 250;
/** How long an unused channel stays joined, in milliseconds: the next page often wants it again. */
const lingerFor = 1_000;
const longestRejoinDelay = 30_000;
/** How often listeners hear at most that the server refuses them, in milliseconds: joining is tried again and again. */
const tellRefusalEvery = 30_000;
/** How long the connection must be gone before the user hears of it, in milliseconds. */
const tellLossAfter = 3_000;

/** One joined topic, shared by every component that listens to it. */
class SharedChannel {
  readonly listeners = new Set<Listener>();
  private readonly topic: string;
  private channel: RealtimeChannel | undefined;
  private gathered: Change[] = [];
  private gatherTimer: ReturnType<typeof setTimeout> | undefined;
  private leaveTimer: ReturnType<typeof setTimeout> | undefined;
  private rejoinTimer: ReturnType<typeof setTimeout> | undefined;
  private lostTimer: ReturnType<typeof setTimeout> | undefined;
  private rejoins = 0;
  private refusalToldAt = Number.NEGATIVE_INFINITY;
  private joined = false;
  private left = false;

  constructor(topic: string) {
    this.topic = topic;
    void this.join();
  }

  add(listener: Listener): () => void {
    clearTimeout(this.leaveTimer);
    this.listeners.add(listener);
    // It did not hear what happened before it came, as while another page was shown.
    if (this.joined) listener.onResubscribed();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.leaveTimer = setTimeout(() => this.leave(), lingerFor);
    };
  }

  private async join(): Promise<void> {
    const { realtime } = getSupabase();
    // A channel of this topic that is still being left would be handed out again.
    await leaving.get(this.topic);
    // Without this the join goes out before the client knows the user's token, and a private channel refuses it.
    await realtime.setAuth();
    if (this.left) return;
    if (this.listeners.size === 0) return this.leave();
    const channel = realtime.channel(this.topic, { config: { private: true } });
    this.channel = channel;
    channel
      .on("broadcast", { event: "changes" }, ({ payload }) => this.gather(parseChanges(payload)))
      .subscribe((status) => {
        if (this.left || this.channel !== channel) return;
        this.joined = status === "SUBSCRIBED";
        if (this.joined) {
          this.rejoins = 0;
          clearTimeout(this.lostTimer);
          this.lostTimer = undefined;
          useServerReachable.setState({ reachable: true });
          // Events in the gap before this moment are lost, on the first join as on every rejoin.
          for (const listener of this.listeners) listener.onResubscribed();
          return;
        }
        this.noteLoss();
        this.noteRefusal();
        if (status === "CLOSED") {
          this.channel = undefined;
          this.rejoinLater();
        }
      });
  }

  /** A short break, as when a tab wakes up, is nobody's concern; a lost socket that stays lost is. */
  private noteLoss(): void {
    this.lostTimer ??= setTimeout(() => {
      this.lostTimer = undefined;
      if (!getSupabase().realtime.isConnected()) useServerReachable.setState({ reachable: false });
    }, tellLossAfter);
  }

  /** Without a connection nobody was refused. */
  private noteRefusal(): void {
    const now = performance.now();
    if (!getSupabase().realtime.isConnected() || now - this.refusalToldAt < tellRefusalEvery) return;
    this.refusalToldAt = now;
    for (const listener of this.listeners) listener.onRefused();
  }

  /** A channel the server closed is gone for good; the library rejoins only after errors and lost sockets. */
  private rejoinLater(): void {
    const delay = Math.min(1_000 * 2 ** this.rejoins, longestRejoinDelay);
    this.rejoins += 1;
    this.rejoinTimer = setTimeout(() => void this.join(), delay);
  }

  private gather(changes: Change[]): void {
    this.gathered.push(...changes);
    this.gatherTimer ??= setTimeout(() => {
      const merged = mergeChanges(this.gathered);
      this.gathered = [];
      this.gatherTimer = undefined;
      for (const listener of this.listeners) listener.onChanges(merged);
    }, gatherFor);
  }

  private leave(): void {
    this.left = true;
    clearTimeout(this.gatherTimer);
    clearTimeout(this.leaveTimer);
    clearTimeout(this.rejoinTimer);
    clearTimeout(this.lostTimer);
    sharedChannels.delete(this.topic);
    if (!this.channel) return;
    const removal = getSupabase()
      .realtime.removeChannel(this.channel)
      .finally(() => leaving.delete(this.topic));
    leaving.set(this.topic, removal);
  }
}

const sharedChannels = new Map<string, SharedChannel>();
const leaving = new Map<string, Promise<unknown>>();

/** Listens to a private topic and returns the way to stop; see `useChannel`. */
function listen(topic: string, listener: Listener): () => void {
  const shared = sharedChannels.get(topic) ?? new SharedChannel(topic);
  sharedChannels.set(topic, shared);
  return shared.add(listener);
}

/**
 * The key of the workspace whose channels are listened to inside (`workspaces.channel_key`); null while it is not known. There is another
 * one whenever somebody is no longer a member: whoever stays moves to channels whose names the one who went does not know.
 */
export const ChannelKey = createContext<string | null>(null);

/** The name of the topic's channel; null while the key that belongs to it is not known. People's own need none. */
function channelOf(topic: string | null, key: string | null): string | null {
  if (topic === null || topic.startsWith("user:")) return topic;
  return key && `${topic}:${key}`;
}

const ignore = () => {};

/**
 * Listens to a private topic (`workspace:<id>`, `campaign:<id>`, `run:<id>` of the workspace that `ChannelKey` is about, or `user:<id>`)
 * while the component is mounted; null listens to nothing. `onChanges` gets what changed, gathered over a quarter of a second;
 * `onResubscribed` runs when the listening begins, after every rejoin and after a move to another key, when what happened before is
 * unknown: refetch there. `onRefused` runs when the server lets nobody in or closes the channel, every 30 s at most: the key may be an
 * old one. Components that use the same topic share one channel.
 */
export function useChannel(
  topic: string | null,
  onChanges: (changes: Change[]) => void,
  onResubscribed: () => void,
  onRefused: () => void = ignore,
): void {
  const name = channelOf(topic, useContext(ChannelKey));
  const handleChanges = useEffectEvent(onChanges);
  const handleResubscribed = useEffectEvent(onResubscribed);
  const handleRefused = useEffectEvent(onRefused);
  useEffect(() => {
    if (name === null) return;
    return listen(name, {
      onChanges: (changes) => handleChanges(changes),
      onResubscribed: () => handleResubscribed(),
      onRefused: () => handleRefused(),
    });
  }, [name]);
}
