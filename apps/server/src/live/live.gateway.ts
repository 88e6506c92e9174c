import { type OnGatewayConnection, type OnGatewayInit, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { watch } from '@muckwatch/contract';
import { AuthService } from '../auth/auth.service.js';
import { origin, tokenOf } from '../auth/token.js';
import { Config } from '../config.js';
import { type LiveNamespace, LiveService, type LiveSocket } from './live.service.js';

/** Socket.IO under `/live`: signed-in sockets only, by cookie or by `auth.token`. */
@WebSocketGateway({ namespace: '/live' })
export class LiveGateway implements OnGatewayInit<LiveNamespace>, OnGatewayConnection<LiveSocket> {
  constructor(
    private readonly live: LiveService,
    private readonly auth: AuthService,
    private readonly config: Config,
  ) {}

  afterInit(namespace: LiveNamespace): void {
    namespace.use((socket, next) => {
      this.#signIn(socket).then(
        (signedIn) => next(signedIn ? undefined : new Error('unauthorized')),
        () => next(new Error('unavailable')),
      );
    });
    this.live.open(namespace);
  }

  handleConnection(socket: LiveSocket): void {
    this.live.join(socket);
  }

  @SubscribeMessage('watch')
  watch(socket: LiveSocket, said: unknown) {
    const result = watch.safeParse(said);
    if (!result.success) return { ok: false, error: result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ') };
    this.live.watch(socket, result.data);
    return { ok: true };
  }

  async #signIn(socket: LiveSocket): Promise<boolean> {
    const given: unknown = socket.handshake.auth.token;
    const { headers } = socket.handshake;
    const found = typeof given === 'string' ? { token: given, by: 'bearer' } : tokenOf(headers);
    // A browser sends the cookie along for any page: only our own may open a socket with it.
    if (found?.by === 'cookie' && origin(headers, this.config.publicUrl) === 'foreign') return false;
    const token = found?.token;
    const viewer = token === undefined ? null : await this.auth.sessionOf(token);
    if (!viewer || token === undefined) return false;
    Object.assign(socket.data, { viewer, token, watch: {}, slow: false });
    return true;
  }
}
