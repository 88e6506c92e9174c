import { PLAYBACK_DAYS, PLAYBACK_TRUCKS } from '@muckwatch/contract';
import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { cityInstant, cityText, nextHour } from '../app/cityTime.js';
import { plateWords } from '../app/plate.js';
import { go } from '../app/router.js';
import { shiftOf } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { serverNow, useZone } from '../live/liveStore.js';
import { readRegistry, useRegistry } from '../trucks/registry.js';
import { hashOf, type Said } from './address.js';
import { useClock } from './clock.js';
import { MomentInput } from '../app/typed.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Which trucks and when; what is chosen goes into the address, and from there onto the map. */
export function Setup({ said }: { said: Said }) {
  const t = useWords();
  const zone = useZone();
  const [trucks, setTrucks] = useState(said.trucks);
  const now = serverNow();
  const [from, setFrom] = useState(() => cityText(said.from ?? now - HOUR_MS, zone));
  const [to, setTo] = useState(() => cityText(said.to ?? now, zone));

  const play = (since: number, until: number) => {
    setFrom(cityText(since, zone));
    setTo(cityText(until, zone));
    if (trucks.length > 0) go(hashOf({ trucks, from: since, to: until, speed: useClock.getState().speed }));
  };
  const [since, until] = [exact(from, said.from, zone), exact(to, said.to, zone)];
  const wrong = faultOf(since, until);
  return (
    <>
      <header className="play-title">
        <h1>{t.playback.title}</h1>
        <a href="#/">{t.system.back}</a>
      </header>
      <TruckChoice chosen={trucks} onChoose={setTrucks} />
      <fieldset className="play-time">
        <legend>
          {t.playback.time} <small>{t.playback.zone(zone)}</small>
        </legend>
        <div className="play-chips">
          <button type="button" className="chip" onClick={() => play(now - HOUR_MS, now)} data-testid="play-hour">
            {t.playback.preset.hour}
          </button>
          <button type="button" className="chip" onClick={() => play(shiftOf(now, zone).since, now)} data-testid="play-shift">
            {t.playback.preset.shift}
          </button>
          <button type="button" className="chip" onClick={() => play(morning(now, zone) - DAY_MS / 2, morning(now, zone))} data-testid="play-night">
            {t.playback.preset.night}
          </button>
          <button type="button" className="chip" onClick={() => play(now - DAY_MS, now)} data-testid="play-day">
            {t.playback.preset.day}
          </button>
        </div>
        <div className="play-times">
          {(
            [
              ['from', from, setFrom],
              ['to', to, setTo],
            ] as const
          ).map(([end, value, set]) => (
            <label key={end}>
              <span>{t.playback[end]}</span>
              <MomentInput label={t.playback[end]} value={value} onChange={set} data-testid={`play-${end}`} />
            </label>
          ))}
        </div>
      </fieldset>
      <div className="play-go">
        <Button type="primary" disabled={wrong !== null || trucks.length === 0} onClick={() => play(since!, until!)} data-testid="play-go">
          {t.playback.go}
        </Button>
        <span className={wrong ? 'c-serious' : 'mute'} role="status">
          {wrong ? t.playback.fault[wrong] : trucks.length === 0 ? t.playback.fault.trucks : ''}
        </span>
      </div>
    </>
  );
}

function TruckChoice({ chosen, onChoose }: { chosen: string[]; onChoose: (ids: string[]) => void }) {
  const t = useWords();
  const { trucks, state } = useRegistry();
  useEffect(() => void readRegistry(), []);
  const options = [...trucks.values()].map(({ id, plate }) => ({ value: id, label: plateWords(plate), search: `${plate} ${plateWords(plate)} ${id}` }));
  // What the address names is named, whether or not it is known yet.
  const unknown = chosen.filter((id) => !trucks.has(id)).map((id) => ({ value: id, label: id, search: id }));
  return (
    <label className="play-field">
      <span>{t.playback.trucks}</span>
      <Select<string[]>
        mode="multiple"
        allowClear
        maxCount={PLAYBACK_TRUCKS}
        loading={state === 'reading'}
        value={chosen}
        placeholder={t.playback.trucksHint}
        showSearch={{ optionFilterProp: 'search' }}
        onChange={onChoose}
        options={[...unknown, ...options]}
        data-testid="play-trucks"
      />
      {chosen.length === PLAYBACK_TRUCKS && <small className="mute">{t.playback.tooMany}</small>}
    </label>
  );
}

/** A field shows minutes; what was not touched keeps its seconds. */
function exact(text: string, said: number | null, zone: string): number | null {
  return said !== null && text === cityText(said, zone) ? said : cityInstant(text, zone);
}

/** The last 08:00 that has passed. */
const morning = (now: number, zone: string) => nextHour(now, 8, zone) - DAY_MS;

function faultOf(from: number | null, to: number | null): 'times' | 'order' | 'long' | null {
  if (from === null || to === null) return 'times';
  if (from >= to) return 'order';
  return to - from > PLAYBACK_DAYS * DAY_MS ? 'long' : null;
}
