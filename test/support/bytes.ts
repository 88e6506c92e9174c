import type { IncomingMessage } from 'node:http';

/** How supertest reads an answer that is no text: `request.buffer().parse(bytes)`. */
export function bytes(response: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const answer = response as IncomingMessage;
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('end', () => done(null, Buffer.concat(chunks)));
}
