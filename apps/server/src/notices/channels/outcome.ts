/** Where a message goes. */
export interface Target {
  address: string;
  /** What it is signed with. */
  secret: string | null;
}

/** What became of one attempt; `answer` is the receiver's own word, or why it could not be had. */
export type Outcome = { ok: true; delivered: boolean; answer: string } | Failure;
export interface Failure {
  ok: false;
  answer: string;
  /** When the receiver wants to be asked again. */
  retryAfterMs: number | null;
  /** Trying again would change nothing. */
  permanent: boolean;
}

const SHOWN = 300;

export function failure(answer: string, { retryAfterMs = null, permanent = false }: Partial<Pick<Failure, 'retryAfterMs' | 'permanent'>> = {}): Failure {
  return { ok: false, answer: answer.slice(0, SHOWN), retryAfterMs, permanent };
}

export function done(answer: string, delivered: boolean): Outcome {
  return { ok: true, delivered, answer: answer.slice(0, SHOWN) };
}
