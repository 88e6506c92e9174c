/** Codes of the operating system for a database that cannot be reached. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT', // the socket of the embedded engine while it is started again
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);

/** A disk that takes no picture now. Content is never at fault for that. */
const NO_DISK = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'EACCES', 'EPERM', 'EBUSY', 'ENOTDIR']);

/** What pg throws without a code when a connection ends or cannot be had in time. */
const CONNECTION_LOST =
  /^Connection terminated|^timeout exceeded when trying to connect|^timeout expired|is not queryable|^Query read timeout|^Cannot use a pool after calling end|^Client was closed|socket disconnected/;

/** https://www.postgresql.org/docs/17/errcodes-appendix.html: the database is away, full, busy or lost a race; the same statement may succeed later. */
const AWAY_CLASSES = new Set([
  '08', // connection exception
  '28', // sign-in refused: a password changed under us
  '3D', // the database is gone
  '53', // no memory, no disk, too many connections
  '57', // shut down, cancelled (a time limit), starting up
  '58', // I/O error
]);
const AWAY_CODES = new Set([
  '25006', // read only: a standby, or a server being moved
  '25P03', // our transaction was idle too long
  '40001', // serialization failure
  '40003', // completion unknown
  '40P01', // deadlock
  '55P03', // a lock could not be had
]);

/** True when the database or the disk is away or overrun and the same work should be tried again; false when it refused the content. */
export function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, errors, cause } = error as { code?: unknown; message?: unknown; errors?: unknown; cause?: unknown };
  if (typeof code === 'string') {
    if (UNREACHABLE.has(code) || NO_DISK.has(code)) return true;
    if (/^[0-9A-Z]{5}$/.test(code)) return AWAY_CODES.has(code) || AWAY_CLASSES.has(code.slice(0, 2));
  }
  if (typeof message === 'string' && CONNECTION_LOST.test(message)) return true;
  if (Array.isArray(errors)) return errors.some(isOutage); // AggregateError: every address of a host was tried
  return isOutage(cause);
}
