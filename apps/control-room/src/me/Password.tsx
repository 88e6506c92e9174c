import { type FormEvent, useState } from 'react';
import { wordsOf } from '../app/api.js';
import { changePassword } from '../auth/session.js';
import { useWords } from '../i18n/index.js';

export function Password() {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ bad: boolean; words: string } | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const field = (name: string) => (new FormData(form).get(name) as string | null) ?? '';
    if (field('next').length < 12) return setSaid({ bad: true, words: t.auth.short });
    if (field('next') !== field('again')) return setSaid({ bad: true, words: t.auth.differ });
    setBusy(true);
    changePassword(field('current'), field('next'))
      .then(
        () => {
          setOpen(false);
          setSaid({ bad: false, words: t.me.password.done });
        },
        (error: unknown) => setSaid({ bad: true, words: wordsOf(error) }),
      )
      .finally(() => setBusy(false));
  };
  const input = (name: string, label: string, autoComplete: string) => (
    <>
      <label htmlFor={`password-${name}`}>{label}</label>
      <input id={`password-${name}`} name={name} className="own-field" type="password" autoComplete={autoComplete} required />
    </>
  );
  return (
    <section className="own-card">
      <h2 className="me-h">{t.me.password.title}</h2>
      {said && (
        <p className={`own-small ${said.bad ? 'c-critical' : 'me-good'}`} role={said.bad ? 'alert' : 'status'}>
          {said.words}
        </p>
      )}
      {open ? (
        <form className="me-form" onSubmit={submit}>
          {input('current', t.auth.current, 'current-password')}
          {input('next', `${t.auth.next} (${t.auth.short})`, 'new-password')}
          {input('again', t.auth.again, 'new-password')}
          <div className="own-two">
            <button type="button" onClick={() => setOpen(false)}>
              {t.cancel}
            </button>
            <button className="me-do" disabled={busy}>
              {t.me.password.change}
            </button>
          </div>
        </form>
      ) : (
        <button className="own-quiet me-add" onClick={() => setOpen(true)}>
          {t.me.password.change}
        </button>
      )}
    </section>
  );
}
