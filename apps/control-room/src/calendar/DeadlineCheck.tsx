import { Button, Input } from 'antd';
import { useState } from 'react';
import { get } from '../app/api.js';
import { cityInstant, cityText } from '../app/cityTime.js';
import { partsOf } from '../app/time.js';
import { useSend } from '../app/useSend.js';
import { weekdayOf } from '../app/cityClock.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { MomentInput } from '../app/typed.js';

interface Deadline {
  deadline: string | null;
  problem: string | null;
}

/** What a notice of that moment would have to be answered by: asked of the server, which sets the real ones. */
export function DeadlineCheck() {
  const t = useWords();
  const c = t.review.calendar;
  const zone = useZone();
  const [from, setFrom] = useState(() => cityText(serverNow(), zone));
  const [hours, setHours] = useState('4');
  const [answer, setAnswer] = useState<Deadline | null>(null);
  const { busy, fault, send } = useSend();
  const at = cityInstant(from, zone);
  const ready = at !== null && Number(hours) > 0;
  const ask = () =>
    void send(async () =>
      setAnswer(await get<Deadline>(`/calendar/deadline?from=${encodeURIComponent(new Date(at!).toISOString())}&workingHours=${encodeURIComponent(hours)}`)),
    );
  return (
    <section className="panel" data-testid="deadline-check">
      <h2>{c.check}</h2>
      <form
        className="deadline"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) ask();
        }}
      >
        <label>
          <span>{c.from}</span>
          <MomentInput label={c.from} value={from} onChange={setFrom} />
        </label>
        <label>
          <span>{c.workingHours}</span>
          <Input inputMode="decimal" value={hours} onChange={(event) => setHours(event.target.value)} data-testid="deadline-hours" />
        </label>
        <Button htmlType="submit" disabled={!ready || busy} data-testid="deadline-ask">
          {c.ask}
        </Button>
      </form>
      <p className={`deadline-answer ${fault || answer?.problem ? 'c-serious' : ''}`} role="status" data-testid="deadline-answer">
        {fault ?? (answer && (answer.deadline ? c.answer(dayWords(answer.deadline)) : answer.problem))}
      </p>
    </section>
  );

  /** A deadline is read by its day of the week. */
  function dayWords(said: string): string {
    const p = partsOf(Date.parse(said), zone);
    const date = `${p.year}-${p.month}-${p.day}`;
    return `${date} ${c.weekday[weekdayOf(date) - 1]} ${p.hour}:${p.minute}`;
  }
}
