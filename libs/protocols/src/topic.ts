/** Topic root of the standard protocol. */
export const ROOT = 'muck/v1';

/** A registered device as its topics name it. */
export interface Sender {
  kind: 'terminal' | 'camera';
  id: string;
}

export const TERMINAL_CHANNELS = ['reports', 'status', 'replies'] as const;
export const CAMERA_CHANNELS = ['sightings', 'status'] as const;
export type UpChannel = (typeof TERMINAL_CHANNELS)[number] | (typeof CAMERA_CHANNELS)[number];

/** What a broker that we join is asked for: every way up, no way down. */
export const SUBSCRIPTIONS: readonly string[] = [
  ...TERMINAL_CHANNELS.map((channel) => `${ROOT}/terminals/+/${channel}`),
  ...CAMERA_CHANNELS.map((channel) => `${ROOT}/cameras/+/${channel}`),
];

//                   muck/v1/terminals/{id}/reports
const UP = /^muck\/v1\/(?:(terminals)\/([A-Za-z0-9_-]{1,64})\/(reports|status|replies)|cameras\/([A-Za-z0-9_-]{1,64})\/(sightings|status))$/;

/** Who sends on a topic and what, or null where the standard protocol knows no such way up. */
export function parseTopic(topic: string): { sender: Sender; channel: UpChannel } | null {
  const found = UP.exec(topic);
  if (!found) return null;
  return found[1]
    ? { sender: { kind: 'terminal', id: found[2]! }, channel: found[3] as UpChannel }
    : { sender: { kind: 'camera', id: found[4]! }, channel: found[5] as UpChannel };
}

/** Every topic on which this device may publish. */
export function topicsUp(sender: Sender): string[] {
  const channels = sender.kind === 'terminal' ? TERMINAL_CHANNELS : CAMERA_CHANNELS;
  return channels.map((channel) => `${ROOT}/${sender.kind}s/${sender.id}/${channel}`);
}

/** The one topic that this device may read. */
export function commandsTopic(sender: Sender): string {
  return `${ROOT}/${sender.kind}s/${sender.id}/commands`;
}
