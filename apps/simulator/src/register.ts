import type { FeatureCollection } from 'geojson';
import type { Registry } from './registry.js';

export interface ServerDoor {
  api: string;
  user: string;
  password: string | null;
  token: string | null;
  /** How long to wait for a server that does not answer yet. */
  patienceMs: number;
}

type Outcome = Record<string, number>;

/** Signs in and lays the city down through the public imports. Repeatable: what is there already comes back `unchanged`. */
export async function register(door: ServerDoor, registry: Registry, baseMap: FeatureCollection, say: (line: string) => void): Promise<void> {
  const token = door.token ?? (await signIn(door));
  for (const kind of ['companies', 'trucks', 'places', 'routes', 'permits', 'terminals', 'cameras'] as const) {
    const answer = (await call(door, token, 'POST', `/api/v1/${kind}/import`, registry[kind])) as { items?: { result: string }[] };
    say(`  ${kind}: ${tell(countResults(answer.items ?? []))}`);
  }
  await call(door, token, 'PUT', '/api/v1/base-map', baseMap);
  say(`  base map: ${baseMap.features.length} lines and areas`);
}

async function signIn(door: ServerDoor): Promise<string> {
  if (!door.password)
    throw new Error('To register the city I need --password, MUCKWATCH_PASSWORD or MUCKWATCH_TOKEN (or --no-register when it is there already).');
  const answer = (await call(door, null, 'POST', '/api/v1/auth/login', { username: door.user, password: door.password })) as { token: string };
  return answer.token;
}

async function call(door: ServerDoor, token: string | null, method: string, path: string, body: unknown): Promise<unknown> {
  const response = await knock(door, path, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 2000)}`);
  return text ? JSON.parse(text) : null;
}

/** A server that is still starting refuses connections or answers 503: knock again until the patience is gone. */
async function knock(door: ServerDoor, path: string, request: RequestInit): Promise<Response> {
  const until = Date.now() + door.patienceMs;
  for (;;) {
    try {
      const response = await fetch(door.api + path, request);
      if (response.status !== 503 || Date.now() >= until) return response;
    } catch (error) {
      if (Date.now() >= until) throw new Error(`${door.api} does not answer: ${causeOf(error)}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

function countResults(items: { result: string }[]): Outcome {
  const outcome: Outcome = {};
  for (const { result } of items) outcome[result] = (outcome[result] ?? 0) + 1;
  return outcome;
}

function tell(outcome: Outcome): string {
  return (
    Object.entries(outcome)
      .map(([result, count]) => `${count} ${result}`)
      .join(', ') || 'none'
  );
}
