import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Audit } from '../audit/audit.service.js';
import { AuthService } from '../auth/auth.service.js';
import { Calendar } from '../calendar/calendar.service.js';
import { now } from '../clock.js';
import { Config } from '../config.js';
import { utcOffsetOf } from '../fleet/city-time.js';
import { say } from '../logger.js';
import { DemoStore } from './demo.store.js';
import { Simulator } from './simulator.js';
import { DEMO_NAME, whatToDo } from './whose-city.js';

/** Long enough to lay a city down on a slow machine. */
const TOKEN_MS = 15 * 60_000;

/** Drives a made fleet through a made city, over HTTP and MQTT as anybody would: nothing in the server knows that it is not real. */
@Injectable()
export class DemoService implements OnModuleDestroy {
  readonly #logger = new Logger('Demo');
  #simulator: Simulator | null = null;

  constructor(
    private readonly config: Config,
    private readonly auth: AuthService,
    private readonly store: DemoStore,
    private readonly calendar: Calendar,
    private readonly audit: Audit,
  ) {}

  /** Once the server listens on `port` (and the embedded broker on `mqttPort`); does nothing without DEMO=on. */
  async start(port: number, mqttPort = this.config.mqttPort): Promise<void> {
    if (!this.config.demo) return;
    const program = fileURLToPath(
      new URL(import.meta.url.includes('/dist/') ? '../../../simulator/src/main.js' : '../../../../dist/apps/simulator/src/main.js', import.meta.url),
    );
    if (!existsSync(program)) return say('Demo: the simulator is not built (npm run build), so no truck will move.');
    const state = join(this.config.dataDir, 'demo.json');
    const what = whatToDo(await this.store.found(), existsSync(state));
    if (what === 'leave-alone') return say('Demo: this database has a city already that is not the demo’s; it is left alone.');

    if (what !== 'drive') await this.audit.system('demo city laid down');
    await this.#publishYear();
    await mkdir(this.config.dataDir, { recursive: true });
    const args = ['--mqtt', this.config.mqttUrl ?? `mqtt://${reachable(this.config.mqttHost)}:${mqttPort}`, '--api', `http://127.0.0.1:${port}`];
    args.push('--state', state, '--truth', join(this.config.dataDir, 'demo-truth.jsonl'));
    this.#simulator = new Simulator(program, {
      // Asked at each start: a child that died while laying down goes on, one that had finished only drives.
      next: async () => {
        const driving = whatToDo(await this.store.found(), existsSync(state)) === 'drive';
        return {
          args: [...args, driving ? '--no-register' : '--register'],
          env: { CITY_TIME_ZONE: this.config.cityTimeZone, ...(driving ? {} : { MUCKWATCH_TOKEN: this.auth.internalSession(DEMO_NAME, TOKEN_MS) }) },
        };
      },
      say: (line) => say(`Demo: ${line}`),
      warn: (line) => this.#logger.warn(line),
    });
    this.#simulator.start();
  }

  /** A made city keeps a made calendar: the year as its weekdays are, so that deadlines can be shown. A real city publishes its own. */
  async #publishYear(): Promise<void> {
    const at = now();
    const year = new Date(at + utcOffsetOf(this.config.cityTimeZone)(at) * 60_000).getUTCFullYear();
    if (this.calendar.current.years.some((one) => one.year === year)) return;
    await this.calendar.publish([{ year, holidays: [], workdays: [], source: '演示数据，并非国务院公布（demo, not the published holidays）' }]);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#simulator?.stop();
  }
}

/** An address to listen on is not always one to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
