import type { Client } from 'aedes';

/** What `boundPackets` needs of aedes 1.2.0 and mqtt-packet 9: private, so the versions are pinned and a spec sees when it goes. */
interface Parsing {
  _parser: { parse(chunk: Buffer): number; packet: { length: number } };
}

/** Until it has signed in, a client has nothing to say but CONNECT: three texts and a will of at most 64 KiB each. */
const MAX_CONNECT_BYTES = 4 * 65_540;

/**
 * aedes gathers a packet whole before anyone sees it, and MQTT allows 256 MiB. This looks at the length that a packet announces as soon as its
 * header is read, so that no more than one read of what is too large is ever held.
 *
 * `held` is told by how many bytes what is half read has grown or shrunk, and answers whether there is room; `refuse` is told why the connection should end.
 */
export function boundPackets(client: Client, maxBytes: number, held: (change: number) => boolean, refuse: (why: string) => void): () => void {
  const parser = (client as unknown as Parsing)._parser;
  const parse = parser.parse.bind(parser);
  let halfRead = 0;

  parser.parse = (chunk) => {
    const rest = parse(chunk);
    const room = held(rest - halfRead);
    halfRead = rest;
    const announced = parser.packet.length;
    // A client need not wait for CONNACK before it publishes.
    const limit = client.connecting || client.connected ? maxBytes : Math.min(maxBytes, MAX_CONNECT_BYTES);
    if (announced > limit) refuse(`a packet of ${announced} bytes is larger than ${limit}`);
    else if (!room) refuse('too many bytes of packets wait already');
    return rest;
  };
  return () => {
    held(-halfRead);
    halfRead = 0;
  };
}
