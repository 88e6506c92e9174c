import type { Decoded, Decoder } from './decoder.js';
import { frigate } from './frigate.js';
import { standard } from './standard.js';
import { shown } from './unreadable.js';

export * from './asyncapi.js';
export * from './decoder.js';
export { digestOf } from './digest.js';
export { frigate, FRIGATE_TOPICS, frigateNameOf } from './frigate.js';
export * from './frigate-schemas.js';
export { MAX_PAYLOAD_BYTES } from './json.js';
export * from './standard-schemas.js';
export { standard, writeReport } from './standard.js';
export * from './topic.js';
export { UNREADABLE_REASONS, UnreadablePayload, type UnreadableReason } from './unreadable.js';

/** The telemetry sources in force. A new one is a file, a spec, samples, and a line here. */
export const decoders: readonly Decoder[] = [standard, frigate];

/** What a message says, by the decoder whose root its topic bears. Never throws: what cannot be used comes back as `unreadable`. */
export function decode(topic: string, payload: Buffer): Decoded[] {
  const decoder = decoders.find(({ root }) => topic.startsWith(root) && (topic.length === root.length || topic[root.length] === '/'));
  if (decoder) return decoder.decode(topic, payload);
  return [{ kind: 'unreadable', reason: 'unknown-topic', detail: `no decoder reads the topic ${shown(topic)}`, bytes: payload }];
}
