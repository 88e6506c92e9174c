import { ageWords } from '../app/time.js';
import { useNow } from '../app/useNow.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';

/** What stands where numbers are not there yet or are old: waiting has a word, a failure says what to do. */
export function Stale({ read }: { read: { answer: unknown; readAt: number | null; fault: string | null; again: () => void } }) {
  const t = useWords();
  const now = useNow();
  if (read.fault === null) return read.answer === null ? <Waiting what={t.cityPage.what} small /> : null;
  return (
    <p className="c-serious city-stale" role="alert">
      {read.readAt === null ? t.cityPage.failed : t.cityPage.stale(ageWords(now - read.readAt, t))} {read.fault}{' '}
      <button className="plain c-minor" onClick={read.again}>
        {t.retry}
      </button>
    </p>
  );
}
