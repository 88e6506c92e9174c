import { FRIGATE_TOPICS } from '@muckwatch/protocols';

/** A terminal or camera in use, as a broker needs to know it. */
export interface Device {
  id: string;
  kind: 'terminal' | 'camera' | 'frigate';
  /** `$7$…`; null: its secret is from before hashes for Mosquitto were kept. */
  hash: string | null;
}

/** The account by which the server itself signs in. Without a password it has none at this broker. */
export interface OwnAccount {
  username: string;
  hash: string | null;
}

const NAMES_A_LINE = 10;

/** Mosquitto's password file. Whoever is not in it, such as a retired terminal, is not let in. */
export function passwordFile(own: OwnAccount, devices: Device[]): string {
  const others = devices.filter(({ id }) => id !== own.username);
  const lacking = others.filter(({ hash }) => hash === null).map(({ id }) => id);
  const lines = ['# Made from the registry by MuckWatch; do not edit: it is made anew.'];
  if (own.hash === null) lines.push('# The server itself has no password (MQTT_PASSWORD) and cannot sign in.');
  else lines.push(`${own.username}:${own.hash}`);
  if (others.length < devices.length) lines.push(`# The device ${own.username} is left out: its id is the name of the server itself.`);
  if (lacking.length > 0) {
    lines.push(
      `# ${lacking.length} cannot sign in here until they have a new secret (PATCH {"secret": null}); theirs was made before Mosquitto's hashes were kept:`,
    );
    for (let i = 0; i < lacking.length; i += NAMES_A_LINE) lines.push(`#   ${lacking.slice(i, i + NAMES_A_LINE).join(' ')}`);
  }
  for (const { id, hash } of others) if (hash !== null) lines.push(`${id}:${hash}`);
  return `${lines.join('\n')}\n`;
}

/**
 * Mosquitto's ACL file; what it does not name is denied. Lines with %u hold for everybody below their own name: Mosquitto looks a user up in a list, which would take
 * it a second for ten thousand. That lets a terminal write below a camera of its own id, which there is not: both sign in by their id, so no two share one.
 */
export function aclFile(username: string, devices: Device[]): string {
  const frigates = devices.filter(({ id, kind }) => kind === 'frigate' && id !== username);
  const lines = [
    '# Made from the registry by MuckWatch; do not edit: it is made anew.',
    '# The server itself',
    `user ${username}`,
    'topic readwrite muck/v1/#',
    'topic read frigate/#',
    '',
    '# Everybody else below their own id',
    'pattern write muck/v1/terminals/%u/reports',
    'pattern write muck/v1/terminals/%u/status',
    'pattern write muck/v1/terminals/%u/replies',
    'pattern read muck/v1/terminals/%u/commands',
    'pattern write muck/v1/cameras/%u/sightings',
    'pattern write muck/v1/cameras/%u/status',
    'pattern read muck/v1/cameras/%u/commands',
    '',
    '# Frigate servers, by the id of the camera under which each is registered: whoever may write here says what any of its gates saw.',
    ...frigates.flatMap(({ id }) => [`user ${id}`, ...FRIGATE_TOPICS.map((topic) => `topic write ${topic}`)]),
  ];
  return `${lines.join('\n')}\n`;
}
