import type { LoggerService } from '@nestjs/common';
import { pino, type Level, type Logger } from 'pino';

/** Nest's log lines by pino: one JSON object a line. */
export class PinoLogger implements LoggerService {
  readonly #pino: Logger;

  constructor(level: string) {
    this.#pino = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  }

  log = this.#at('info');
  error = this.#at('error');
  warn = this.#at('warn');
  debug = this.#at('debug');
  verbose = this.#at('trace');
  fatal = this.#at('fatal');

  /** Nest passes the message, perhaps a stack, and last the context. */
  #at(level: Level) {
    return (message: unknown, ...rest: unknown[]): void => {
      const context = rest.length > 0 ? String(rest.pop()) : undefined;
      const stack = typeof rest[0] === 'string' ? rest[0] : undefined;
      if (message instanceof Error) this.#pino[level]({ context, err: message }, message.message);
      else this.#pino[level]({ context, stack }, typeof message === 'string' ? message : JSON.stringify(message));
    };
  }
}

/** A line for the person at the terminal: not a log entry, never filtered by its level. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
