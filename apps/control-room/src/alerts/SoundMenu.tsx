import { MutedOutlined, SoundOutlined } from '@ant-design/icons';
import type { Severity } from '@muckwatch/contract';
import { Checkbox } from 'antd';
import { useId } from 'react';
import { Drop } from '../app/Drop.js';
import { useWords } from '../i18n/index.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';
import { setSound, trySound, useSound, VOLUME, wakeAudio } from './sound.js';
import './sound.css';

/** Whether new incidents are heard, and behind it which and how loud. `m` mutes without it. */
export function SoundButton() {
  const t = useWords();
  const { on, blocked } = useSound();
  const words = on && blocked ? t.sound.blocked : on ? t.sound.isOn : t.sound.isOff;
  return (
    <Drop label={t.sound.title} content={<SoundMenu />} placement="bottomRight">
      <button
        className={`top-button ${on ? (blocked ? 'blocked' : '') : 'off'}`}
        onClick={() => void wakeAudio()}
        title={words}
        aria-label={`${t.sound.title} · ${words}`}
        data-testid="sound"
      >
        {on && !blocked ? <SoundOutlined /> : <MutedOutlined />}
        {on && blocked && <span>{t.sound.title}</span>}
      </button>
    </Drop>
  );
}

function SoundMenu() {
  const t = useWords();
  const { on, volume } = useSound();
  const volumeId = useId();
  return (
    <div className="sound-menu" data-testid="sound-menu">
      <Checkbox checked={on} onChange={() => setSound({ on: !on })}>
        {t.sound.on} <kbd>m</kbd>
      </Checkbox>
      <hr />
      {SEVERITIES_WORST_FIRST.map((severity) => (
        <SeverityRow key={severity} severity={severity} />
      ))}
      <hr />
      <div className="sound-row">
        <label htmlFor={volumeId}>{t.sound.volume}</label>
        <input
          id={volumeId}
          type="range"
          min={VOLUME.least}
          max={VOLUME.most}
          step={VOLUME.step}
          value={volume}
          aria-valuetext={`${volume} %`}
          onChange={({ target }) => setSound({ volume: Number(target.value) })}
        />
        <output htmlFor={volumeId}>{volume} %</output>
      </div>
      <p>{t.sound.once}</p>
    </div>
  );
}

/** What is critical is heard whenever anything is; the rest as this person likes. */
function SeverityRow({ severity }: { severity: Severity }) {
  const t = useWords();
  const sound = useSound();
  const name = (
    <span className={`c-${severity}`}>
      <span aria-hidden>{SEVERITY_SHAPE[severity]}</span> {t.severity[severity]}
    </span>
  );
  return (
    <div className="sound-row" data-testid={`sound-${severity}`}>
      {severity === 'critical' ? (
        <span className="sound-always">
          {name} <small>{t.sound.always}</small>
        </span>
      ) : (
        <Checkbox disabled={!sound.on} checked={sound[severity]} onChange={() => setSound({ [severity]: !sound[severity] })}>
          {name}
        </Checkbox>
      )}
      <button className="chip" onClick={() => void trySound(severity)} aria-label={t.sound.attemptOf(t.severity[severity])}>
        {t.sound.attempt}
      </button>
    </div>
  );
}
