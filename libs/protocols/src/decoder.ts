import type { EpochMs, Report, Sighted } from '@muckwatch/domain';
import type { Sender } from './topic.js';
import type { UnreadableReason } from './unreadable.js';

/** A sighting as its camera sent it. Where the source knows cameras by names of its own, `camera` bears that name: see `frigateNameOf`. */
export interface Sighting extends Sighted {
  picture: Picture | null;
  snapshotUrl: string | null;
  /** Fields we do not know, kept as they came. */
  extra: Record<string, unknown> | null;
}

/** At most 512 KiB; the bytes begin as `type` says. */
export interface Picture {
  type: 'image/jpeg' | 'image/png' | 'image/webp';
  bytes: Buffer;
}

/** What a terminal says became of a command. */
export interface Reply {
  terminal: string;
  /** Of the command. */
  id: string;
  status: 'received' | 'done' | 'failed' | 'unsupported';
  detail: string | null;
  /** By the terminal's clock, where it says one. */
  at: EpochMs | null;
  /** What a capture took. */
  photo: Picture | null;
}

interface CommandHead {
  id: string;
  /** A terminal drops what has expired. */
  expiresAt: EpochMs;
}

/** What is asked of a terminal. */
export type Command = CommandHead &
  (
    | { kind: 'speak' | 'display'; text: string }
    | { kind: 'set-interval'; seconds: number }
    | { kind: 'limit-speed'; kmh: number; releasesAt: EpochMs }
    | { kind: 'limit-lift'; releasesAt: EpochMs }
    | { kind: 'capture' | 'release' }
  );

/** A payload, or an element of an array, that cannot be used: for quarantine, with its own bytes. */
export interface Unreadable {
  kind: 'unreadable';
  reason: UnreadableReason;
  /** Names the field and the value; safe to store in a text column. */
  detail: string;
  bytes: Buffer;
}

/** What one message said, element by element. */
export type Decoded =
  | { kind: 'report'; report: Report }
  | { kind: 'sighting'; sighting: Sighting }
  | { kind: 'status'; sender: Sender; online: boolean }
  | { kind: 'reply'; reply: Reply }
  | Unreadable;

/** A telemetry source: bytes to what they say, and commands to bytes. One file a source, one line in `decoders`. */
export interface Decoder {
  /** First levels of its topics, without the slash that follows: `muck/v1`. */
  root: string;
  /**
   * What a message says: reports in the order in which they are judged (time, then `seq`, then digest), then what is unreadable. Never throws. Whether a sender is
   * registered and a time is believable is not decided here: that needs the registry and a clock.
   */
  decode(topic: string, payload: Buffer): Decoded[];
  /** A command for one terminal, ready to be published; where the source takes any. */
  encode?(terminal: string, command: Command): { topic: string; payload: Buffer };
}
