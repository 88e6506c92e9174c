import type { Account } from '@muckwatch/contract';
import { useEffect } from 'react';
import { Stage } from '../app/Stage.js';
import { clockTime } from '../app/time.js';
import { useWords } from '../i18n/index.js';
import { useLive, useZone } from '../live/liveStore.js';
import { forgetNotices, hearNotice, readNotices, useNotices } from '../notice/noticeStore.js';
import { resumeAnswers } from '../notice/answering.js';
import NoticeList from '../notice/NoticeList.js';
import { keepTheme } from '../theme/theme.js';
import { keepShell } from './install.js';
import { openLink } from './link.js';
import './own.css';
import type { OwnPage } from './ownRoute.js';
import { OwnTop } from './OwnTop.js';
import { part } from '../app/part.js';

const NoticePage = part(() => import('../notice/NoticePage.js'));
const YardPage = part(() => import('../yard/YardPage.js'));
const MePage = part(() => import('../me/MePage.js'));

/** People outside: in the sun, with one hand, over a slow line. Plain elements, no Ant Design. The night room's people keep their dark. */
const OUTSIDE: readonly Account['role'][] = ['site-manager', 'yard-keeper'];

export default function OwnRoom({ account, page }: { account: Account; page: OwnPage }) {
  const t = useWords();
  const outside = OUTSIDE.includes(account.role);
  useEffect(() => {
    keepTheme(outside ? 'light' : 'dark');
    if (outside) keepShell();
  }, [outside]);
  useEffect(() => {
    const close = openLink({
      notice: (notice) => {
        // Of others' notices only the one that is looked at.
        if (notice.recipient.accountId === account.id || useNotices.getState().details.has(notice.id)) hearNotice(notice);
      },
      missed: () => void readNotices('mine'),
    });
    const stop = resumeAnswers();
    return () => {
      close();
      stop();
      forgetNotices();
    };
  }, [account.id]);

  return (
    <div className="own">
      <OwnTop account={account} page={page} />
      <LinkLine />
      <Stage of={page.page} title={t.notices.title}>
        <Page account={account} page={page} />
      </Stage>
    </div>
  );
}

function Page({ account, page }: { account: Account; page: OwnPage }) {
  switch (page.page) {
    case 'notice':
      return <NoticePage key={page.id} id={page.id} account={account} />;
    case 'yard':
      return <YardPage account={account} yardId={page.id} />;
    case 'me':
      return <MePage account={account} />;
    default:
      return <NoticeList account={account} />;
  }
}

/** A lost line is a calm bar with the age of what is shown. */
function LinkLine() {
  const t = useWords();
  const zone = useZone();
  const { link, lostAt } = useLive();
  if (link !== 'lost') return null;
  return (
    <div className="own-link" role="status" data-testid="own-link">
      {t.notices.stale(clockTime(lostAt ?? Date.now(), zone))}
    </div>
  );
}
