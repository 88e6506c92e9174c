import { Injectable } from '@nestjs/common';
import { type EpochMs, isControl, takeReply } from '@muckwatch/domain';
import type { Reply } from '@muckwatch/protocols';
import { Config } from '../config.js';
import { iso } from '../clock.js';
import type { Queryable } from '../db/queryable.js';
import { PictureFiles, type StoredPicture } from '../media/picture-files.js';
import { COMMAND_COLUMNS, COMMAND_TABLES, type CommandRow } from './command-row.js';

/** A reply as intake heard it. */
export interface HeardReply {
  reply: Reply;
  heardAt: EpochMs;
}

export type PreparedReply = HeardReply & { stored: StoredPicture | null };

export interface TakenReplies<H extends HeardReply> {
  /** Commands whose rows changed. */
  changed: string[];
  /** For quarantine: nobody sent that terminal such a command. */
  refused: { heard: H; reason: 'unknown-command'; detail: string }[];
  /** Alerts whose word has now been spoken. */
  spokenOf: string[];
}

/** More than the five that a command can have: what a terminal goes on saying of an old command is not kept without end. */
const MOST_STEPS = 20;

/** What terminals answer, in the transaction of the batch that brought it: PUBACK means that it stands there. The same reply twice changes nothing. */
@Injectable()
export class ReplyStore {
  constructor(
    private readonly pictures: PictureFiles,
    private readonly config: Config,
  ) {}

  /** Before the transaction: every photo a file that a row may name. */
  prepare<H extends HeardReply>(heard: H[]): Promise<(H & PreparedReply)[]> {
    return Promise.all(heard.map(async (one) => ({ ...one, stored: one.reply.photo && (await this.pictures.write(one.reply.photo)) })));
  }

  /**
   * In the order in which they were heard. A reply that names no command of that terminal, or one that was never sent, is for quarantine: it proves nothing. One that
   * cannot follow what was said before (`done` → `failed`) is kept as a step and leaves the status as it is: the first end of a command is its end.
   */
  async take<H extends PreparedReply>(client: Queryable, heard: H[]): Promise<TakenReplies<H>> {
    const ids = [...new Set(heard.map(({ reply }) => reply.id))].sort();
    await client.query('select id from commands where id = any($1::text[]) order by id for update', [ids]);
    const taken: TakenReplies<H> = { changed: [], refused: [], spokenOf: [] };
    for (const one of heard) {
      const { reply } = one;
      // Read anew each time: two answers to one command may stand in one batch.
      const { rows } = await client.query<CommandRow>(`select ${COMMAND_COLUMNS} from ${COMMAND_TABLES} where c.id = $1`, [reply.id]);
      const row = rows[0];
      const refuse = (detail: string) => taken.refused.push({ heard: one, reason: 'unknown-command', detail });
      if (!row) refuse(`no command ${reply.id} was sent to ${reply.terminal}`);
      else if (row.terminal_id !== reply.terminal) refuse(`command ${reply.id} is one of terminal ${row.terminal_id}, not of ${reply.terminal}`);
      else {
        const took = takeReply({ status: row.status, triedAt: row.tried_at?.getTime() ?? null, said: row.steps }, reply);
        if (took === 'never-sent') refuse(`command ${reply.id} has not been sent to ${reply.terminal}`);
        if (took === 'step') await this.#step(client, row, one, taken);
        if (took === 'note' && row.steps.length < MOST_STEPS) {
          await note(client, row.id, one);
          taken.changed.push(row.id);
        }
      }
    }
    return taken;
  }

  async #step(client: Queryable, row: CommandRow, one: PreparedReply, taken: TakenReplies<HeardReply>): Promise<void> {
    const { reply, heardAt, stored } = one;
    const done = reply.status === 'done';
    // What a camera saw is over as soon as it is seen: there is no episode that could end after the word.
    const goesOn = row.alert_id !== null && (row.alert_ended === null || row.alert_ended >= row.tried_at!);
    const spoken = done && row.kind === 'speak' && goesOn;
    await client.query(
      `update commands set status = $2, version = greatest(version + 1, $4), sent_at = coalesce(sent_at, tried_at), done_at = case when $5 then $3::timestamptz else done_at end,
         correct_until = $6, over_at = case when $7 then $3::timestamptz else over_at end,
         photo_sha256 = coalesce($8, photo_sha256), photo_type = coalesce($9, photo_type), photo_bytes = coalesce($10, photo_bytes)
       where id = $1`,
      [
        ...[row.id, reply.status, iso(heardAt), heardAt, done, spoken ? iso(heardAt + this.config.correctionMs) : null],
        isControl(row.kind) && (reply.status === 'failed' || reply.status === 'unsupported'),
        ...[stored?.sha256, stored?.type, stored?.bytes],
      ],
    );
    await note(client, row.id, one);
    taken.changed.push(row.id);
    if (spoken) taken.spokenOf.push(row.alert_id!);
    if (done && row.kind === 'release') taken.changed.push(...(await released(client, row, heardAt)));
  }
}

async function note(client: Queryable, id: string, { reply, heardAt }: HeardReply): Promise<void> {
  await client.query(
    `insert into command_steps (command_id, n, at, status, detail)
     values ($1, (select coalesce(max(n), 0) + 1 from command_steps where command_id = $1), $2, $3, $4)`,
    [id, iso(heardAt), reply.status, reply.detail],
  );
  await client.query('update commands set version = greatest(version + 1, $2) where id = $1', [id, heardAt]);
}

/** Every limit that the terminal had when the release was sent is over. */
async function released(client: Queryable, release: CommandRow, at: EpochMs): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `update commands set over_at = $2, released_by = coalesce(released_by, $3), version = greatest(version + 1, $4)
     where truck_id = $1 and kind in ('limit-lift', 'limit-speed') and over_at is null and tried_at is not null and tried_at <= $5 returning id`,
    [release.truck_id, iso(at), release.id, at, iso(release.tried_at!.getTime())],
  );
  return rows.map(({ id }) => id);
}
