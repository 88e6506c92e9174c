import type { Account } from '@muckwatch/contract';
import { useEffect, useState } from 'react';
import { wakeAudio } from '../alerts/sound.js';
import { useWords } from '../i18n/index.js';
import { connect, disconnect } from '../live/connection.js';
import { ConnectionBar } from '../live/ConnectionBar.js';
import { useLive } from '../live/liveStore.js';
import { readReview } from '../review/reviewStore.js';
import { KeysHelp } from './KeysHelp.js';
import { useMapAddress } from './mapAddress.js';
import { pageOf } from './pages.js';
import { useRoute } from './router.js';
import { Stage } from './Stage.js';
import { openForTests } from './testing.js';
import { TopBar } from './TopBar.js';
import { useKeys } from './useKeys.js';
import './desk.css';
import '../theme/print.css';

/** Everything behind the sign-in: the head line, the connection, and the page that the address names. */
export default function Desk({ account }: { account: Account }) {
  const t = useWords();
  const route = useRoute();
  const page = pageOf(account, route);
  const [help, setHelp] = useState(false);

  useEffect(() => {
    connect();
    openForTests();
    return disconnect;
  }, []);

  useEffect(() => {
    const wake = () => void wakeAudio();
    wake();
    window.addEventListener('pointerdown', wake);
    window.addEventListener('keydown', wake);
    return () => {
      window.removeEventListener('pointerdown', wake);
      window.removeEventListener('keydown', wake);
    };
  }, []);

  const onMap = route.page === 'map';
  useMapAddress(onMap);

  const live = useLive((s) => s.link === 'live');
  useEffect(() => {
    if (live) void readReview();
  }, [live]);

  useKeys(onMap, () => setHelp((open) => !open));

  return (
    <div className="desk">
      <TopBar account={account} page={route.page} onHelp={() => setHelp(true)} />
      <ConnectionBar />
      <main className="desk-page">
        <Stage of={route.page} title={page.title(t)}>
          {page.draw(account, route)}
        </Stage>
      </main>
      <KeysHelp open={help} page={route.page} onClose={() => setHelp(false)} />
    </div>
  );
}
