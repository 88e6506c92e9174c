import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Changed, Health, PageToServer, Position, ServerToPage, Snapshot, Watch } from '@muckwatch/contract';
import { isDeepStrictEqual } from 'node:util';
import type { Namespace, Socket } from 'socket.io';
import { AuthService } from '../auth/auth.service.js';
import { isWholeCity, type Scope, type Viewer, WHOLE_CITY } from '../auth/viewer.js';
import { iso, now } from '../clock.js';
import { Board, type Owned, seesAlert, seesTruck, type TruckSeen } from './board.js';
import { ownHealth } from './own-health.js';
import { CITY_ROOM, positionRooms, scopeRoom, scopeTruckRoom, tileRoom, truckRoom } from './rooms.js';

export type LiveSocket = Socket<PageToServer, ServerToPage, object, LiveData>;
export type LiveNamespace = Namespace<PageToServer, ServerToPage, object, LiveData>;
interface LiveData {
  viewer: Viewer;
  token: string;
  watch: Watch;
  /** Its buffer ran full: it hears nothing until it has drained, then gets a new snapshot. */
  slow: boolean;
}

const POSITIONS_EVERY_MS = 1_000;
const RESTATE_EVERY_MS = 5_000;
const SESSION_CHECK_MS = 60_000;
/** Packets waiting for one socket at which it counts as slow. */
const SLOW_AT_PACKETS = 64;

/** From memory to people: a snapshot on connecting, then what changed, serialised once a room. */
@Injectable()
export class LiveService implements OnApplicationShutdown {
  readonly board = new Board();
  readonly #moved = new Set<string>();
  /** Scopes narrower than the city that somebody watches, by room. */
  readonly #joinListeners: ((viewer: Viewer) => void)[] = [];
  readonly #scopes = new Map<string, Scope>();
  #namespace: LiveNamespace | null = null;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(private readonly auth: AuthService) {}

  open(namespace: LiveNamespace): void {
    this.#namespace = namespace;
    this.#timers.push(
      setInterval(() => this.#tick(), POSITIONS_EVERY_MS).unref(),
      setInterval(() => this.#restate(), RESTATE_EVERY_MS).unref(),
      setInterval(() => void this.#checkSessions(), SESSION_CHECK_MS).unref(),
    );
    this.auth.onRevoked(({ accountId, sessionId }) => {
      for (const socket of this.#sockets()) {
        const { viewer } = socket.data;
        if (viewer.accountId === accountId && (sessionId === null || viewer.sessionId === sessionId)) socket.disconnect(true);
      }
    });
  }

  onApplicationShutdown(): void {
    this.#timers.forEach(clearInterval);
  }

  get sockets(): number {
    return this.#namespace?.sockets.size ?? 0;
  }

  /** Rooms first, then the snapshot, in one tick: nothing falls between the two and nothing comes before it. */
  join(socket: LiveSocket): void {
    const { viewer, watch } = socket.data;
    const { scope } = viewer;
    const rooms = positionRooms(scope, watch);
    if (!isWholeCity(scope)) this.#scopes.set(scopeRoom(scope), scope);
    void socket.join([...rooms, alertRoom(scope)]);
    const snapshot = this.#snapshot(scope);
    if (snapshot) socket.emit('snapshot', snapshot);
    for (const heard of this.#joinListeners) heard(viewer);
  }

  /** Somebody opened a page. */
  onJoined(listener: (viewer: Viewer) => void): void {
    this.#joinListeners.push(listener);
  }

  watch(socket: LiveSocket, watch: Watch): void {
    const { scope } = socket.data.viewer;
    socket.data.watch = watch;
    if (socket.data.slow) return; // it joins what it watches when it has drained
    for (const room of socket.rooms) if (room !== socket.id && room !== alertRoom(scope)) void socket.leave(room);
    void socket.join(positionRooms(scope, watch));
  }

  /** After the commit of a batch. */
  positions(trucks: TruckSeen[]): void {
    for (const truck of trucks) {
      this.board.truck(truck);
      this.#moved.add(truck.id);
    }
  }

  alert(owned: Owned): void {
    const { alert } = owned;
    if (!this.board.alert(owned)) return;
    if (alert.truck.id !== null && this.board.restateOne(alert.truck.id, now())) this.#moved.add(alert.truck.id);
    if (!this.#namespace) return;
    this.#namespace.to(alertRoom(WHOLE_CITY)).emit('alert', alert);
    for (const [room, scope] of this.#scopes) if (seesAlert(scope, owned)) this.#namespace.to(`alerts:${room}`).emit('alert', alert);
  }

  /** What is rare is told socket by socket, to those who may see it. */
  tell<E extends 'notice' | 'command'>(event: E, what: Parameters<ServerToPage[E]>[0], may: (viewer: Viewer) => boolean): void {
    for (const socket of this.#sockets()) if (may(socket.data.viewer)) socket.emit(event, ...([what] as Parameters<ServerToPage[E]>));
  }

  /** Who has a page open. */
  accounts(): Set<string> {
    return new Set(this.#sockets().map(({ data }) => data.viewer.accountId));
  }

  health(health: Health): void {
    this.board.health = health;
    if (!this.#namespace) return;
    this.#namespace.to(alertRoom(WHOLE_CITY)).emit('health', health);
    for (const [room, scope] of this.#scopes) this.#namespace.to(`alerts:${room}`).emit('health', this.healthFor(scope, health));
  }

  changed(what: Changed['what']): void {
    this.#namespace?.emit('changed', { what });
  }

  #snapshot(scope: Scope): Snapshot | null {
    const { health } = this.board;
    const at = now();
    return health && { at: iso(at), trucks: this.board.positions(scope), alerts: this.board.alerts(scope, at), health: this.healthFor(scope, health) };
  }

  /** How the server is, as far as it is a viewer's business. */
  healthFor(scope: Scope, health: Health): Health {
    return isWholeCity(scope) ? health : ownHealth(health, this.board.counts(scope, now()));
  }

  /** At most once a second, what has moved: to the city's room, to the tiles and trucks that somebody watches, to each narrower scope. */
  #tick(): void {
    this.#relieveSlow();
    if (this.#moved.size === 0 || !this.#namespace) return;
    const ids = [...this.#moved];
    this.#moved.clear();
    const rooms = this.#namespace.adapter.rooms;
    const moved = ids.flatMap((id) => this.board.position(id) ?? []);
    if (rooms.has(CITY_ROOM)) this.#emit(CITY_ROOM, moved);
    for (const [room, positions] of byRoom(moved)) if (rooms.has(room)) this.#emit(room, positions);
    for (const [room, scope] of this.#scopes) {
      if (!rooms.has(`alerts:${room}`)) {
        this.#scopes.delete(room);
        continue;
      }
      const visible = moved.filter(({ id }) => this.#maySee(scope, id));
      if (visible.length > 0 && rooms.has(room)) this.#emit(room, visible);
      for (const position of visible) {
        const one = scopeTruckRoom(scope, position.id);
        if (rooms.has(one)) this.#emit(one, [position]);
      }
    }
  }

  #emit(room: string, positions: Position[]): void {
    this.#namespace!.to(room).emit('positions', positions);
  }

  #restate(): void {
    for (const id of this.board.restate(now())) this.#moved.add(id);
  }

  /** A socket that cannot take what it is sent leaves its rooms; once its buffer is empty it gets a new snapshot instead of the backlog. */
  #relieveSlow(): void {
    for (const socket of this.#sockets()) {
      const waiting = (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
      if (!socket.data.slow && waiting > SLOW_AT_PACKETS) {
        socket.data.slow = true;
        for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
      } else if (socket.data.slow && waiting === 0) {
        socket.data.slow = false;
        this.join(socket);
      }
    }
  }

  async #checkSessions(): Promise<void> {
    for (const socket of this.#sockets()) {
      const viewer = await this.auth.sessionOf(socket.data.token).catch(() => socket.data.viewer);
      if (!viewer) socket.disconnect(true);
      else if (!isDeepStrictEqual(viewer.scope, socket.data.viewer.scope)) this.#rejoin(socket, viewer);
    }
  }

  /** A place has named other managers: what they may see is another thing from now on. */
  #rejoin(socket: LiveSocket, viewer: Viewer): void {
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
    socket.data.viewer = viewer;
    if (!socket.data.slow) this.join(socket);
  }

  #maySee(scope: Scope, truckId: string): boolean {
    const seen = this.board.seen(truckId);
    return seen !== undefined && seesTruck(scope, seen);
  }

  #sockets(): LiveSocket[] {
    return [...(this.#namespace?.sockets.values() ?? [])] as LiveSocket[];
  }
}

/** Alerts are heard whatever part of the map is watched. */
function alertRoom(scope: Scope): string {
  return isWholeCity(scope) ? 'alerts:city' : `alerts:${scopeRoom(scope)}`;
}

function byRoom(positions: Position[]): Map<string, Position[]> {
  const rooms = new Map<string, Position[]>();
  const add = (room: string, position: Position) => {
    const known = rooms.get(room);
    if (known) known.push(position);
    else rooms.set(room, [position]);
  };
  for (const position of positions) {
    add(tileRoom(position.lon, position.lat), position);
    add(truckRoom(position.id), position);
  }
  return rooms;
}
