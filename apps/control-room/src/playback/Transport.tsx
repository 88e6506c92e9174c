import { CaretRightFilled, PauseOutlined } from '@ant-design/icons';
import { useEffect, useRef } from 'react';
import { partsOf } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { useZone } from '../live/liveStore.js';
import { SPEEDS } from './address.js';
import { clock, useClock } from './clock.js';
import { jump } from './jump.js';
import { usePlay } from './playStore.js';

/** Play, speed, steps, and the time in large figures. */
export function Transport() {
  const t = useWords();
  const { playing, speed } = useClock();
  const follow = usePlay((s) => s.follow);
  const single = usePlay((s) => s.shown?.trucks.length === 1 || s.chartOf !== null);
  const w = t.playback;
  return (
    <div className="play-transport" role="toolbar" aria-label={w.title}>
      <button
        className="play-button main"
        onClick={() => clock.toggle()}
        aria-label={playing ? w.pause : w.play}
        title={playing ? w.pause : w.play}
        data-testid="play-toggle"
      >
        {playing ? <PauseOutlined /> : <CaretRightFilled />}
      </button>
      <div className="play-clock" data-testid="play-clock">
        <Clock />
      </div>
      <div className="play-group" role="group" aria-label={w.speed}>
        {SPEEDS.map((one) => (
          <button
            key={one}
            className={`play-button ${one === speed ? 'on' : ''}`}
            aria-pressed={one === speed}
            onClick={() => useClock.setState({ speed: one })}
            data-testid={`play-x${one}`}
          >
            {one}×
          </button>
        ))}
      </div>
      <div className="play-group">
        <Jump words={w.back} sign="−10" act={() => clock.step(-10_000)} />
        <Jump words={w.ahead} sign="+10" act={() => clock.step(10_000)} />
      </div>
      <div className="play-group">
        <Jump words={w.alertBefore} sign="◆ ‹" act={() => jump('alert', -1)} />
        <Jump words={w.alertNext} sign="◆ ›" act={() => jump('alert', 1)} testid="play-next-alert" />
        <Jump words={w.stopBefore} sign="■ ‹" act={() => jump('stop', -1)} />
        <Jump words={w.stopNext} sign="■ ›" act={() => jump('stop', 1)} testid="play-next-stop" />
      </div>
      {single && (
        <label className="play-follow">
          <input type="checkbox" checked={follow} onChange={(event) => usePlay.setState({ follow: event.target.checked })} /> {w.follow}
        </label>
      )}
    </div>
  );
}

function Jump({ words, sign, act, testid }: { words: string; sign: string; act: () => void; testid?: string }) {
  return (
    <button className="play-button" onClick={act} aria-label={words} title={words} data-testid={testid}>
      {sign}
    </button>
  );
}

/** Written past React: it changes at every frame. */
function Clock() {
  const zone = useZone();
  const day = useRef<HTMLElement>(null);
  const time = useRef<HTMLElement>(null);
  useEffect(() => {
    let second = NaN;
    return clock.listen((at) => {
      const now = Math.floor(at / 1_000);
      if (now === second || !day.current || !time.current) return;
      second = now;
      const p = partsOf(at, zone);
      day.current.textContent = `${p.month}-${p.day}`;
      time.current.textContent = `${p.hour}:${p.minute}:${p.second}`;
    });
  }, [zone]);
  return (
    <>
      <small ref={day} />
      <strong ref={time} />
    </>
  );
}
