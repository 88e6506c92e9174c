import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { MAX_PACKET_BYTES } from './mqtt-link.js';

export const MQTT_PATH = '/mqtt';

/**
 * MQTT over WebSocket on an HTTP server that has other WebSockets too (Socket.IO): takes upgrades of `/mqtt` and leaves all others alone.
 * Returns how to take it off again.
 */
export function attachWebSocket(http: Server, onConnection: (stream: Duplex, request: IncomingMessage) => void): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    // A frame may hold several MQTT packets, a packet may span frames; the packet is bounded elsewhere.
    maxPayload: MAX_PACKET_BYTES + 1_024,
    handleProtocols: (offered) => (offered.has('mqtt') ? 'mqtt' : ([...offered][0] ?? false)),
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?')[0] !== MQTT_PATH) return;
    sockets.handleUpgrade(request, socket, head, (webSocket) => onConnection(createWebSocketStream(webSocket), request));
  };

  http.on('upgrade', upgrade);
  return () => {
    http.off('upgrade', upgrade);
    for (const webSocket of sockets.clients) webSocket.terminate();
    sockets.close();
  };
}
