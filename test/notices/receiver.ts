import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Got {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  text: string;
  // JSON of unknown shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
  at: number;
}
/** What is answered: `200 {}` where nothing is said. */
export type Answer = (response: ServerResponse, got: Got) => void;

export const answering =
  (status: number, body: unknown = {}, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
/** Half of an answer, then the line is cut. */
export const halfAnAnswer: Answer = (response) => {
  response.writeHead(200, { 'Content-Length': '100' });
  response.write('{"errcode":0,', () => response.destroy());
};
export const hangingUp: Answer = (response) => void response.destroy();
export const silence: Answer = () => undefined;

/** A receiver of robots' and webhooks' messages that answers as it is told to, the last answer for ever. */
export class Receiver {
  readonly got: Got[] = [];
  answers: Answer[] = [answering(200, { errcode: 0, code: 0 })];

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (piece: string) => (text += piece));
      request.on('end', () => {
        const url = new URL(request.url ?? '/', 'http://receiver');
        const body = text.startsWith('{') ? JSON.parse(text) : null;
        const got: Got = { method: request.method!, path: url.pathname, query: url.searchParams, headers: request.headers, text, body, at: Date.now() };
        receiver.got.push(got);
        const answer = receiver.answers.length > 1 ? receiver.answers.shift()! : receiver.answers[0]!;
        answer(response, got);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path = '/in'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Messages by their own id, as a receiver counts that honours it. */
  get ids(): Set<string> {
    return new Set(this.got.map(({ headers }) => headers['x-muckwatch-delivery'] as string));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

export interface Mail {
  to: string[];
  source: string;
}

/** A real SMTP server. `refuse` answers a code instead of taking the mail; `cut` takes it and hangs up before it says so. */
export class Post {
  readonly mails: Mail[] = [];
  refuse: number | null = null;
  cut = false;

  private constructor(private server: SMTPServer) {}

  static async open(port = 0): Promise<Post> {
    const post = new Post(null as unknown as SMTPServer);
    post.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onData(stream, session, done) {
        let source = '';
        stream.setEncoding('utf8');
        stream.on('data', (piece: string) => (source += piece));
        stream.on('end', () => {
          if (post.refuse !== null) return done(Object.assign(new Error('not now'), { responseCode: post.refuse }));
          post.mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
          if (!post.cut) return done();
          post.cut = false;
          for (const connection of post.server.connections) (connection as unknown as { _socket: { destroy(): void } })._socket.destroy();
        });
      },
    });
    post.server.on('error', () => undefined);
    await new Promise<void>((resolve) => post.server.listen(port, '127.0.0.1', () => resolve()));
    return post;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  to(address: string): Mail[] {
    return this.mails.filter(({ to }) => to.includes(address));
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
