import { parseArgs } from 'node:util';
import type { Violations } from './mischief.js';
import type { Coverage } from './radio.js';
import { RULE_CODES } from './truth.js';
import type { Rule } from './truth.js';

/** Everything that can be said on the command line; `--help` prints it. */
export const USAGE = `npm run simulate -- [options]

A made city and its muck trucks, over MQTT as real terminals would. Trucks break rules on purpose; what they did is the truth file.

  --api URL          http://127.0.0.1:3000   the server, to lay the city down in
  --mqtt URL         mqtt://127.0.0.1:1883   the broker
  --user NAME        admin                   who signs in to register
  --password WORD                            or MUCKWATCH_PASSWORD; or MUCKWATCH_TOKEN, a bearer token
  --no-register                              the city is there already: only drive
  --state FILE       data/simulator.json     the made secrets of terminals and cameras (mode 0600)
  --seed N           1                       the same seed is the same city, fleet and day
  --trucks N         300
  --violations SHARE 0.15                    of hauls on which a middling driver breaks a rule; 0 is an honest day.
               RULE=N,…                      or exactly so many of each a day (spill=40,off-route=40), all others none
  --coverage on|off  on                      holes in the radio: late, buffered and repeated reports
  --speed S          1                       S times faster; plays --hours (24 unless said) of a day that end now, then stops
  --hours H                                  with speed 1: stops after H hours; without: drives until stopped
  --obedient SHARE   0.7                     of the drivers who put right what their terminal tells them of (speed 1 only)
  --truth FILE                               what the drivers did, JSON lines
  --export DIR                               writes city, packets and truth to files instead of publishing
  --quiet`;

export interface Options {
  api: string;
  mqtt: string;
  user: string;
  password: string | null;
  token: string | null;
  register: boolean;
  state: string;
  seed: number;
  trucks: number;
  violations: Violations;
  coverage: Coverage;
  speed: number;
  hours: number | null;
  obedient: number;
  truth: string | null;
  exportTo: string | null;
  quiet: boolean;
  help: boolean;
}

/** Reads the command line and the three variables; throws one Error that names every fault. */
export function readOptions(args: string[], env: Record<string, string | undefined>): Options {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      api: { type: 'string', default: 'http://127.0.0.1:3000' },
      mqtt: { type: 'string', default: 'mqtt://127.0.0.1:1883' },
      user: { type: 'string', default: 'admin' },
      password: { type: 'string' },
      register: { type: 'boolean', default: true },
      state: { type: 'string', default: 'data/simulator.json' },
      seed: { type: 'string', default: '1' },
      trucks: { type: 'string', default: '300' },
      violations: { type: 'string', default: '0.15' },
      coverage: { type: 'string', default: 'on' },
      speed: { type: 'string', default: '1' },
      hours: { type: 'string' },
      obedient: { type: 'string', default: '0.7' },
      truth: { type: 'string' },
      export: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const faults: string[] = [];
  const number = (name: string, text: string, low: number, high: number, whole = false): number => {
    const n = Number(text);
    if (text.trim() === '' || !(n >= low && n <= high) || (whole && !Number.isInteger(n)))
      faults.push(`--${name} is ${text}, not ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}.`);
    return n;
  };
  if (values.coverage !== 'on' && values.coverage !== 'off') faults.push(`--coverage is ${values.coverage}, not on or off.`);
  const options: Options = {
    api: values.api.replace(/\/+$/, ''),
    mqtt: values.mqtt,
    user: values.user,
    password: values.password ?? env.MUCKWATCH_PASSWORD ?? null,
    token: env.MUCKWATCH_TOKEN ?? null,
    register: values.register,
    state: values.state,
    seed: number('seed', values.seed, 0, Number.MAX_SAFE_INTEGER, true),
    trucks: number('trucks', values.trucks, 1, 20_000, true),
    violations: values.violations.includes('=') ? { perDay: counts(values.violations, faults) } : number('violations', values.violations, 0, 1),
    coverage: values.coverage === 'off' ? 'off' : 'on',
    speed: number('speed', values.speed, 0.01, 100_000),
    hours: values.hours === undefined ? null : number('hours', values.hours, 0.001, 24 * 400),
    obedient: number('obedient', values.obedient, 0, 1),
    truth: values.truth ?? null,
    exportTo: values.export ?? null,
    quiet: values.quiet,
    help: values.help,
  };
  if (faults.length > 0) throw new Error(faults.join('\n'));
  if (options.hours === null && (options.speed !== 1 || options.exportTo)) options.hours = 24;
  return options;
}

/** `spill=40,off-route=40` */
function counts(text: string, faults: string[]): Partial<Record<Rule, number>> {
  const out: Partial<Record<Rule, number>> = {};
  for (const part of text.split(',')) {
    const [rule, count] = part.trim().split('=') as [string, string?];
    if (!RULE_CODES.includes(rule as Rule)) faults.push(`--violations names ${rule}, which is none of ${RULE_CODES.join(' ')}.`);
    else if (!/^\d+$/.test(count ?? '')) faults.push(`--violations asks for ${count ?? 'nothing'} × ${rule}, not a whole number.`);
    else out[rule as Rule] = Number(count);
  }
  return out;
}
