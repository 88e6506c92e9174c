import type { EpochMs } from '@muckwatch/domain';

/** One MQTT message on its way up. */
export interface Packet {
  topic: string;
  /** As sent, of any size up to `MAX_PACKET_BYTES`: what is too large for a decoder is still a fact for quarantine. */
  payload: Buffer;
  /** True where a broker replays what it kept from earlier: when it was said is not known. */
  retained: boolean;
}

/**
 * Called with each packet in the order in which its connection sent it. `done` says that the commit with it has returned: only then does the PUBACK go. It may be
 * called in any order and at any time, also after the connection is gone; acknowledgements leave in the order of arrival, a second call does nothing. Must not throw.
 */
export type OnPacket = (packet: Packet, done: () => void) => void;

/** The largest MQTT packet that is read whole: four times what a decoder takes, so that what is too large can be kept with its reason. */
export const MAX_PACKET_BYTES = 4 * 1_048_576;

/** How the way to the terminals is. Counts are since start. */
export interface LinkHealth {
  /** Whether packets can come in now. */
  ok: boolean;
  /** Since when it is so, or not so. */
  since: EpochMs;
  /** Why it is not ok. */
  error: string | null;
  /** Connected now; null on a joined broker, which does not tell. */
  clients: number | null;
  refusedSignIns: number;
  /** Publishes, wills and subscriptions outside of the client's own topics. */
  refusedTopics: number;
  /** Connections closed for a packet above `MAX_PACKET_BYTES`, or because too many bytes waited already. */
  refusedBytes: number;
  /** Times a joined broker had forgotten our session when we came back: what it kept for us is lost. */
  lostSessions: number;
  /** Packets handed to `onPacket` whose `done` has not been called. */
  waiting: number;
}

/** The broker as the server sees it: one that we are, or one that we join. */
export interface MqttLink {
  readonly kind: 'embedded' | 'joined';

  /**
   * Listens, or connects. A joined broker that is away does not make this fail: it is tried again for ever, and `health()` says so.
   *
   * @throws Error naming the port and the setting where the port is taken
   */
  start(onPacket: OnPacket): Promise<void>;

  /**
   * Told when a terminal begins to hear its commands, and when it no longer does. Only by the broker that we are: a joined one says nothing of its clients, there the
   * terminals' own status does. Set it before `start`.
   */
  onTerminal: (terminalId: string, hears: boolean) => void;

  /** Whether the database takes anything. While it does not, the embedded broker closes connections and takes none: terminals keep their reports and send them again. */
  setWritable(writable: boolean): void;

  /**
   * Sends a command down, QoS 1, to who is subscribed now. It has been handed on when this returns, not received.
   *
   * @throws Error where the link is down: a command that waited here would be sent when it no longer holds
   */
  publish(topic: string, payload: Buffer, options?: { retain?: boolean }): Promise<void>;

  /** Closes what a device has open: its sign-in holds no longer. At a joined broker that is the broker's own affair. */
  disconnect(deviceId: string): void;

  /** False from a (re)connect until all that a joined broker had kept for us is committed: until then a silent terminal accuses nobody. */
  drained(): boolean;

  health(): LinkHealth;

  /** Stops taking packets and closes every connection. What is not done by then is never acknowledged, so it is sent again. */
  close(): Promise<void>;
}
