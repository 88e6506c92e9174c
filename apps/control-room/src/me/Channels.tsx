import type { Channel, ChannelTest, NoticeSettings, Severity } from '@muckwatch/contract';
import { type FormEvent, useEffect, useState } from 'react';
import { del, patch, post, wordsOf } from '../app/api.js';
import { useRead } from '../app/useRead.js';
import { Waiting } from '../app/Waiting.js';
import { useWords } from '../i18n/index.js';
import { SEVERITY_SHAPE } from '../theme/tokens.js';
import { Quiet } from './Quiet.js';
import { SureButton } from './SureButton.js';
import { WeeklyReport } from './WeeklyReport.js';

const KINDS = ['email', 'sms', 'wecom', 'dingtalk', 'feishu', 'webhook'] as const;
type Kind = (typeof KINDS)[number];
/** Robots and receivers that may sign. */
const SIGNS: readonly Kind[] = ['dingtalk', 'feishu', 'webhook'];
const SEVERITIES: readonly Severity[] = ['minor', 'serious', 'critical'];

export function Channels() {
  const t = useWords();
  const read = useRead<NoticeSettings>('/me/notice-settings');
  const [settings, setSettings] = useState<NoticeSettings | null>(null);
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    if (read.state === 'read') setSettings(read.answer);
    // The answer is a new object each time it is read.
  }, [read.state === 'read' ? read.answer : null]);

  if (read.state === 'failed') {
    return (
      <section className="own-card">
        <h2 className="me-h">{t.me.told.title}</h2>
        <p className="own-small" role="alert">
          {t.me.told.failed} {read.words}{' '}
          <button className="own-link-button" onClick={read.again}>
            {t.retry}
          </button>
        </p>
      </section>
    );
  }
  if (!settings) return <Waiting what={t.me.told.title} small />;
  const changeChannels = (by: (channels: Channel[]) => Channel[]) => setSettings((s) => s && { ...s, channels: by(s.channels) });
  return (
    <section className="own-card" data-testid="channels">
      <h2 className="me-h">{t.me.told.title}</h2>
      <p className="own-small">{t.me.told.why}</p>
      {settings.channels.length === 0 && !adding && <p className="me-none">{t.me.told.none}</p>}
      <ul className="me-list">
        {settings.channels.map((channel) => (
          <ChannelRow
            key={channel.id}
            channel={channel}
            onChange={(changed) => changeChannels((all) => all.map((one) => (one.id === changed.id ? changed : one)))}
            onRemoved={() => changeChannels((all) => all.filter(({ id }) => id !== channel.id))}
          />
        ))}
      </ul>
      {adding ? (
        <ChannelForm
          onClose={() => setAdding(false)}
          onAdded={(channel) => {
            changeChannels((all) => [...all, channel]);
            setAdding(false);
          }}
        />
      ) : (
        <button className="own-quiet me-add" onClick={() => setAdding(true)} data-testid="channel-add">
          + {t.me.told.add}
        </button>
      )}
      <WeeklyReport settings={settings} onSaved={setSettings} />
      <Quiet settings={settings} onSaved={setSettings} />
    </section>
  );
}

function ChannelRow({ channel, onChange, onRemoved }: { channel: Channel; onChange: (channel: Channel) => void; onRemoved: () => void }) {
  const t = useWords();
  const [said, setSaid] = useState<{ bad: boolean; words: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const path = `/me/channels/${encodeURIComponent(channel.id)}`;
  const act = (work: Promise<unknown>, done: (answer: unknown) => void) => {
    setBusy(true);
    setSaid(null);
    work.then(done, (error: unknown) => setSaid({ bad: true, words: wordsOf(error) })).finally(() => setBusy(false));
  };
  const change = (by: object) => act(patch<Channel>(path, by), (answer) => onChange(answer as Channel));
  const testWords = ({ sent, answer }: ChannelTest) => ({ bad: !sent, words: sent ? t.me.told.tested : t.me.told.lastError(answer) });
  const kind = t.me.told.kind[channel.kind];
  return (
    <li className={channel.enabled ? '' : 'off'} data-testid="channel" data-kind={channel.kind}>
      <p className="me-channel">
        <b>{kind}</b>
        <span className="me-address">{channel.address}</span>
      </p>
      <p className="me-facts">
        <label>
          <span className="visually-hidden">{t.me.told.least}</span>
          <select className="me-small-field" value={channel.leastSeverity} disabled={busy} onChange={({ target }) => change({ leastSeverity: target.value })}>
            {SEVERITIES.map((severity) => (
              <option key={severity} value={severity}>
                {SEVERITY_SHAPE[severity]} {t.me.told.leastOf(t.severity[severity])}
              </option>
            ))}
          </select>
        </label>
        {channel.hasSecret && <span className="tag">{t.me.told.hasSecret}</span>}
        {!channel.enabled && <span className="tag">{t.me.told.isOff}</span>}
      </p>
      {channel.lastError && !said && <p className="own-small c-critical">{t.me.told.lastError(channel.lastError)}</p>}
      {said && (
        <p className={`own-small ${said.bad ? 'c-critical' : 'me-good'}`} role={said.bad ? 'alert' : 'status'}>
          {said.words}
        </p>
      )}
      <p className="me-acts">
        <button
          disabled={busy}
          onClick={() => act(post<ChannelTest>(`${path}/test`), (said) => setSaid(testWords(said as ChannelTest)))}
          data-testid="channel-test"
        >
          {busy ? t.me.told.testing : t.me.told.test}
        </button>
        <button disabled={busy} onClick={() => change({ enabled: !channel.enabled })} data-testid="channel-switch">
          {channel.enabled ? t.me.told.off : t.me.told.on}
        </button>
        <SureButton disabled={busy} words={t.me.told.remove} sure={t.me.told.removeSure} onSure={() => act(del(path), onRemoved)} />
      </p>
    </li>
  );
}

function ChannelForm({ onClose, onAdded }: { onClose: () => void; onAdded: (channel: Channel) => void }) {
  const t = useWords();
  const [kind, setKind] = useState<Kind>('email');
  const [address, setAddress] = useState('');
  const [secret, setSecret] = useState('');
  const [least, setLeast] = useState<Severity>('minor');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const signs = SIGNS.includes(kind);
  const add = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    post<Channel>('/me/channels', { kind, address: address.trim(), leastSeverity: least, ...(signs && secret !== '' ? { secret } : {}) })
      .then(onAdded, (error: unknown) => setFault(wordsOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <form className="me-form" onSubmit={add}>
      <label htmlFor="channel-kind">{t.me.told.kindLabel}</label>
      <select id="channel-kind" className="own-field" value={kind} onChange={({ target }) => setKind(target.value as Kind)} data-testid="channel-kind">
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {t.me.told.kind[one]}
          </option>
        ))}
      </select>
      <label htmlFor="channel-address">{t.me.told.address[kind]}</label>
      <input
        id="channel-address"
        className="own-field"
        type={kind === 'email' ? 'email' : kind === 'sms' ? 'tel' : 'url'}
        required
        maxLength={500}
        value={address}
        onChange={({ target }) => setAddress(target.value)}
        data-testid="channel-address"
      />
      {signs && (
        <>
          <label htmlFor="channel-secret">{kind === 'webhook' ? t.me.told.secretNeeded : t.me.told.secret}</label>
          <input
            id="channel-secret"
            className="own-field"
            type="password"
            autoComplete="off"
            minLength={8}
            required={kind === 'webhook'}
            value={secret}
            onChange={({ target }) => setSecret(target.value)}
          />
        </>
      )}
      <label htmlFor="channel-least">{t.me.told.least}</label>
      <select id="channel-least" className="own-field" value={least} onChange={({ target }) => setLeast(target.value as Severity)}>
        {SEVERITIES.map((severity) => (
          <option key={severity} value={severity}>
            {t.me.told.leastOf(t.severity[severity])}
          </option>
        ))}
      </select>
      {fault && (
        <p className="own-note bad" role="alert">
          {fault}
        </p>
      )}
      <div className="own-two">
        <button type="button" onClick={onClose}>
          {t.cancel}
        </button>
        <button className="me-do" disabled={busy} data-testid="channel-save">
          {t.me.told.addDo}
        </button>
      </div>
    </form>
  );
}
