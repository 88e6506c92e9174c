import type { Account } from '@muckwatch/contract';
import { type FormEvent, Suspense, useState } from 'react';
import { post, request, wordsOf } from '../app/api.js';
import { readMe } from '../auth/session.js';
import { useWords } from '../i18n/index.js';
import { part } from '../app/part.js';

const Qr = part(() => import('./Qr.js'));

interface Offer {
  secret: string;
  uri: string;
}

export function SecondFactor({ account }: { account: Account }) {
  const t = useWords();
  const [offer, setOffer] = useState<Offer | null>(null);
  const [ending, setEnding] = useState(false);
  const [value, setValue] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ bad: boolean; words: string } | null>(null);

  const act = (work: Promise<unknown>, done: (answer: unknown) => void) => {
    setBusy(true);
    setSaid(null);
    work.then(done, (error: unknown) => setSaid({ bad: true, words: wordsOf(error) })).finally(() => setBusy(false));
  };
  const finish = (words: string) => {
    setOffer(null);
    setEnding(false);
    setValue('');
    setSaid({ bad: false, words });
    void readMe().catch(() => undefined);
  };
  const start = () => act(post<Offer>('/auth/second-factor'), (answer) => setOffer(answer as Offer));
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    act(post('/auth/second-factor/confirm', { code: value.replace(/\s/g, '') }), () => finish(t.me.second.done));
  };
  const end = (event: FormEvent) => {
    event.preventDefault();
    act(request('DELETE', '/auth/second-factor', { password: value }), () => finish(t.me.second.ended));
  };
  return (
    <section className="own-card" data-testid="second-factor">
      <h2 className="me-h">
        {t.me.second.title} <span className={`tag ${account.secondFactor ? 'me-on' : ''}`}>{account.secondFactor ? t.me.second.isOn : t.me.second.isOff}</span>
      </h2>
      <p className="own-small">{t.me.second.why}</p>
      {said && (
        <p className={`own-small ${said.bad ? 'c-critical' : 'me-good'}`} role={said.bad ? 'alert' : 'status'} data-testid="second-says">
          {said.words}
        </p>
      )}
      {!account.secondFactor && !offer && (
        <button className="own-quiet me-add" disabled={busy} onClick={start} data-testid="second-start">
          {t.me.second.start}
        </button>
      )}
      {offer && (
        <form className="me-form" onSubmit={confirm}>
          <p>{t.me.second.scan}</p>
          <Suspense fallback={<div className="me-qr" />}>
            <Qr text={offer.uri} words={t.me.second.qr} />
          </Suspense>
          <p className="own-small">
            {t.me.second.orType} <code className="me-secret">{offer.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </p>
          <label htmlFor="second-code">{t.me.second.code}</label>
          <input
            id="second-code"
            className="own-field me-code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            required
            value={value}
            onChange={({ target }) => setValue(target.value)}
            data-testid="second-code"
          />
          <div className="own-two">
            <button type="button" onClick={() => setOffer(null)}>
              {t.cancel}
            </button>
            <button className="me-do" disabled={busy} data-testid="second-confirm">
              {t.me.second.confirm}
            </button>
          </div>
        </form>
      )}
      {account.secondFactor && !ending && (
        <>
          <p className="own-small">{t.me.second.lost}</p>
          <button className="own-quiet me-add" onClick={() => setEnding(true)} data-testid="second-end">
            {t.me.second.end}
          </button>
        </>
      )}
      {account.secondFactor && ending && (
        <form className="me-form" onSubmit={end}>
          <label htmlFor="second-password">{t.me.second.endPassword}</label>
          <input
            id="second-password"
            className="own-field"
            type="password"
            autoComplete="current-password"
            required
            value={value}
            onChange={({ target }) => setValue(target.value)}
          />
          <div className="own-two">
            <button type="button" onClick={() => setEnding(false)}>
              {t.cancel}
            </button>
            <button className="own-danger" disabled={busy}>
              {t.me.second.end}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
