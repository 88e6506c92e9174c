import { type FormEvent, useRef, useState } from 'react';
import { Refused, wordsOf } from '../app/api.js';
import { useLanguage, useWords, type Words } from '../i18n/index.js';
import { isCodeWrong, needsCode, signIn } from './session.js';
import './signin.css';

/** Plain elements: this page is fetched by everybody, over any line. The address stays, so that a link opens once one is signed in. */
export default function SignIn({ ended, unreachable }: { ended: string | null; unreachable: boolean }) {
  const t = useWords();
  const { language, set } = useLanguage();
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const [shown, setShown] = useState(false);
  const code = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // What a password manager filled in is not always told: the form itself is asked.
    const said = new FormData(event.currentTarget);
    const field = (name: string) => (said.get(name) as string | null) ?? '';
    const username = field('username').trim();
    if (username === '' || field('password') === '') {
      setFault(new Error(username === '' ? t.auth.needUsername : t.auth.needPassword));
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      await signIn(username, field('password'), asksCode ? field('code').replace(/\s/g, '') : null);
    } catch (error) {
      const needed = needsCode(error) && !asksCode;
      if (needed) setAsksCode(true);
      else setFault(error);
      setBusy(false);
      if (needed || asksCode) setTimeout(() => code.current?.select(), 0);
    }
  };

  const said = fault ? faultWords(fault, asksCode, t) : asksCode ? t.me.second.asked : ended !== null ? t.auth.ended : unreachable ? t.auth.unreachable : null;
  return (
    <div className="signin">
      <main className="signin-card">
        <h1>{t.name}</h1>
        <p>{location.hash.startsWith('#/notice/') ? t.notices.signInFirst : t.auth.title}</p>
        {said && (
          <div className={`signin-says ${fault ? 'bad' : ''}`} role={fault ? 'alert' : 'status'} data-testid="signin-message">
            {said}
          </div>
        )}
        <form onSubmit={(event) => void submit(event)}>
          <label htmlFor="signin-username">{t.auth.username}</label>
          <input
            id="signin-username"
            className="signin-field"
            autoFocus={ended === null}
            defaultValue={ended ?? ''}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            name="username"
            data-testid="username"
          />
          <label htmlFor="signin-password">{t.auth.password}</label>
          <div className="signin-secret">
            <input
              id="signin-password"
              className="signin-field"
              type={shown ? 'text' : 'password'}
              autoFocus={ended !== null}
              autoComplete="current-password"
              name="password"
              data-testid="password"
            />
            <button type="button" className="plain" aria-pressed={shown} onClick={() => setShown(!shown)}>
              {shown ? t.me.hide : t.me.show}
            </button>
          </div>
          {asksCode && (
            <>
              <label htmlFor="signin-code">{t.me.second.code}</label>
              <input
                id="signin-code"
                className="signin-field signin-code"
                ref={code}
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={7}
                name="code"
                data-testid="code"
              />
            </>
          )}
          <button className="signin-go" disabled={busy} data-testid="submit">
            {busy ? t.me.signingIn : t.auth.submit}
          </button>
        </form>
      </main>
      <button className="plain signin-language" onClick={() => set(language === 'zh' ? 'en' : 'zh')} data-testid="language">
        {t.otherLanguage}
      </button>
    </div>
  );
}

function faultWords(fault: unknown, withCode: boolean, t: Words): string {
  if (!(fault instanceof Refused)) return wordsOf(fault);
  if (isCodeWrong(fault) || needsCode(fault)) return t.me.second.wrong;
  if (fault.status === 401) return withCode ? t.me.second.wrongOrPassword : t.auth.wrong;
  if (fault.status === 429) return t.auth.throttled;
  return fault.status === 0 || fault.status >= 502 ? t.auth.unreachable : fault.detail;
}
