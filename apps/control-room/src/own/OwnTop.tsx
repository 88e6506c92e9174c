import type { Account } from '@muckwatch/contract';
import { useEffect, useRef, useState } from 'react';
import { signOut } from '../auth/session.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { groupsOf } from '../notice/order.js';
import { useNotices } from '../notice/noticeStore.js';
import type { OwnPage } from './ownRoute.js';
import { usePlaceName } from './placeNames.js';

/** The head line: whose site this is, what waits, and the way to everything else. */
export function OwnTop({ account, page }: { account: Account; page: OwnPage }) {
  const t = useWords();
  const { language, set } = useLanguage();
  const atHome = page.page === 'notices' || page.page === 'yard';
  const outside = account.role === 'site-manager' || account.role === 'yard-keeper';
  const home = account.role === 'dispatcher' ? '#/company' : '#/';
  const place = usePlaceName(outside && account.placeIds?.length === 1 ? account.placeIds[0]! : null);
  const title = page.page === 'me' ? t.me.title : (place ?? (account.role === 'site-manager' || page.page === 'notice' ? t.notices.title : t.yard.title));
  // Notices bear a heading of their own below this line.
  const Title = page.page === 'me' || page.page === 'yard' ? 'h1' : 'b';
  return (
    <header className="own-top">
      {atHome ? null : (
        <a
          className="own-back"
          href={page.page === 'notice' && outside ? '#/notices' : home}
          aria-label={page.page === 'notice' ? t.notices.toList : t.me.back}
        >
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden>
            <path d="M15 5l-7 7 7 7" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </a>
      )}
      <Title className="own-title">{title}</Title>
      {page.page !== 'me' && page.page !== 'yard' && <Counts />}
      <Menu>
        {(close) => (
          <>
            <p className="own-menu-who">
              {account.name || account.username}
              <small>
                {t.role[account.role]} · {account.username}
              </small>
            </p>
            {account.role === 'yard-keeper' && (
              <>
                <a href="#/yard" onClick={close}>
                  {t.yard.title}
                </a>
                <a href="#/notices" onClick={close}>
                  {t.notices.title}
                </a>
              </>
            )}
            {account.role === 'site-manager' && (
              <a href="#/notices" onClick={close}>
                {t.notices.title}
              </a>
            )}
            {!outside && (
              <a href={home} onClick={close}>
                {account.role === 'dispatcher' ? t.company.title : t.top.map}
              </a>
            )}
            <a href="#/me" onClick={close}>
              {t.me.title}
            </a>
            <button
              onClick={() => {
                set(language === 'zh' ? 'en' : 'zh');
                close();
              }}
              data-testid="language"
            >
              {t.otherLanguage}
            </button>
            <button onClick={() => void signOut()} data-testid="sign-out">
              {t.me.signOut}
            </button>
          </>
        )}
      </Menu>
    </header>
  );
}

function Counts() {
  const t = useWords();
  const { notices, read, older } = useNotices();
  if (read !== 'read') return null;
  const { waiting, reviewing, done } = groupsOf(notices.values());
  const answered = reviewing.length + done.filter(({ status }) => status === 'accepted').length;
  return (
    <span className="own-counts" data-testid="own-counts">
      {t.notices.counts(waiting.length, `${answered}${older === null ? '' : '+'}`)}
    </span>
  );
}

function Menu({ children }: { children: (close: () => void) => React.ReactNode }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !box.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', close);
    window.addEventListener('keydown', close);
    return () => {
      window.removeEventListener('pointerdown', close);
      window.removeEventListener('keydown', close);
    };
  }, [open]);
  return (
    <div className="own-menu" ref={box}>
      <button className="own-menu-button" aria-label={t.me.menu} aria-expanded={open} onClick={() => setOpen(!open)} data-testid="own-menu">
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden>
          <path d="M4 7h16M4 12h16M4 17h16" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        </svg>
      </button>
      {open && <div className="own-menu-list">{children(() => setOpen(false))}</div>}
    </div>
  );
}
