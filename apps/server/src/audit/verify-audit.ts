import type { AuditVerdict } from '@muckwatch/contract';
import { iso } from '../clock.js';
import type { Queryable } from '../db/queryable.js';
import { type ChainedRow, NOTHING_BEFORE, rowHash, type Seal, sealHash } from './audit-chain.js';
import { SEAL_COLUMNS, sealOf, type SealRow } from './audit.store.js';

const PAGE = 5_000;
const MOST_FAULTS = 100;

/**
 * Reads the whole audit and computes every hash again. Finds rows that were changed, taken out or put in, changed seals, and an end that was cut off below a seal.
 * What it cannot find is an end that was cut off or forged together with its seals: for that a seal must have been kept elsewhere, and is given here as `held`.
 */
export async function verifyAudit(db: Queryable, held: string | null = null): Promise<AuditVerdict> {
  const check = new Check(held);
  // What is sealed while we read would seal rows that we have not read.
  const { rows: newest } = await db.query<{ number: string | null }>('select max(number) as number from audit_seals', []);
  const seals = sealsUpTo(db, Number(newest[0]?.number ?? 0));
  let seal = (await seals.next()).value;
  for await (const row of rowsOf(db)) {
    while (seal && seal.lastSeq < row.seq) {
      check.seal(seal);
      seal = (await seals.next()).value;
    }
    check.row(row, seal ?? null);
  }
  for (; seal; seal = (await seals.next()).value) check.seal(seal);
  return check.verdict();
}

/** One pass over rows and seals in their order. */
class Check {
  readonly #faults: AuditVerdict['faults'] = [];
  #rows = 0;
  #nextSeq = 1;
  #before = NOTHING_BEFORE;
  #lastSeal: Seal | null = null;
  #hashes: string[] = [];
  #seals = 0;

  constructor(private held: string | null) {}

  row(row: ChainedRow, under: Seal | null): void {
    this.#rows++;
    const { seq } = row;
    if (seq < this.#nextSeq) return this.#fault(seq, row.at, `Row ${seq} was put in.`);
    if (seq > this.#nextSeq) this.#missing(this.#nextSeq, seq - 1, 'taken out');
    // After a gap nobody knows which hash came before; the gap has been named.
    else if (rowHash(row, this.#before) !== row.hash)
      this.#fault(seq, row.at, `Row ${seq} was changed, or put in after another row ${seq - 1} than stands there.`);
    this.#before = row.hash;
    this.#nextSeq = seq + 1;
    if (under && seq >= under.firstSeq) this.#hashes.push(row.hash);
  }

  seal(seal: Seal): void {
    this.#seals++;
    const { number, at, firstSeq, lastSeq } = seal;
    const before = this.#lastSeal;
    if (lastSeq >= this.#nextSeq) {
      this.#missing(this.#nextSeq, lastSeq, 'cut off at the end');
      this.#nextSeq = lastSeq + 1;
    }
    if (number !== (before?.number ?? 0) + 1) this.#fault(null, at, `A seal before seal ${number} was taken out.`);
    else if (firstSeq !== (before?.lastSeq ?? 0) + 1 || sealHash(seal, before?.sha256 ?? NOTHING_BEFORE, this.#hashes) !== seal.sha256)
      this.#fault(null, at, `Seal ${number} does not hold: it, or a row from ${firstSeq} to ${lastSeq}, was changed, taken out or put in.`);
    if (seal.sha256 === this.held) this.held = null;
    this.#lastSeal = seal;
    this.#hashes = [];
  }

  verdict(): AuditVerdict {
    if (this.held !== null) this.#fault(null, null, `The seal ${this.held} is not among them: the end was cut off or forged since it was kept.`);
    const last = this.#lastSeal && { at: iso(this.#lastSeal.at), sha256: this.#lastSeal.sha256 };
    return { ok: this.#faults.length === 0, rows: this.#rows, seals: this.#seals, lastSeal: last, faults: this.#faults };
  }

  #missing(from: number, to: number, how: string): void {
    this.#fault(from, null, from === to ? `Row ${from} was ${how}.` : `Rows ${from} to ${to} were ${how}.`);
  }

  #fault(seq: number | null, at: number | null, what: string): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push({ seq, at: at === null ? null : iso(at), what });
  }
}

async function* rowsOf(db: Queryable): AsyncGenerator<ChainedRow> {
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: (Omit<ChainedRow, 'seq' | 'at'> & { seq: string; at: Date })[] } = await db.query(
      `select seq, at, account_id as "accountId", username, role, address, action, target, status, detail, hash
       from audit_rows where $1::bigint is null or seq > $1 order by seq limit ${PAGE}`,
      [after],
    );
    for (const row of rows) yield { ...row, seq: Number(row.seq), at: row.at.getTime() };
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.seq;
  }
}

async function* sealsUpTo(db: Queryable, number: number): AsyncGenerator<Seal, undefined> {
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: SealRow[] } = await db.query<SealRow>(
      `select ${SEAL_COLUMNS} from audit_seals where ($1::bigint is null or number > $1) and number <= $2 order by number limit ${PAGE}`,
      [after, number],
    );
    for (const row of rows) yield sealOf(row);
    if (rows.length < PAGE) return undefined;
    after = rows.at(-1)!.number;
  }
}
