import type { Account } from '@muckwatch/contract';
import { useEffect } from 'react';
import { resume, useSession } from '../auth/session.js';
import { useWords } from '../i18n/index.js';
import { doorOf, useOwnRoute } from '../own/ownRoute.js';
import { Fault } from './Fault.js';
import { useRoute } from './router.js';
import { Stage } from './Stage.js';
import { Waiting } from './Waiting.js';
import { part } from './part.js';

const SignIn = part(() => import('../auth/SignIn.js'));
const NightTheme = part(() => import('./NightTheme.js'));
const ResetPage = part(() => import('../auth/ResetPage.js'));
const NightRoom = part(() => import('./NightRoom.js'));
const OwnRoom = part(() => import('../own/OwnRoom.js'));

export function App() {
  const t = useWords();
  const { session } = useSession();
  const route = useRoute();

  useEffect(() => void resume(), []);
  useEffect(() => {
    document.documentElement.lang = t.code;
    document.title = t.name;
  }, [t]);

  return (
    <Fault>
      <Stage of={route.page === 'reset' ? 'reset' : session.state} title={t.name}>
        {route.page === 'reset' ? (
          <NightTheme>
            <ResetPage token={route.rest ?? ''} />
          </NightTheme>
        ) : session.state === 'checking' ? (
          <Waiting words={t.auth.checking} />
        ) : session.state === 'out' ? (
          <SignIn ended={session.ended} unreachable={session.unreachable} />
        ) : (
          <Door key={session.account.id} account={session.account} />
        )}
      </Stage>
    </Fault>
  );
}

/** Who may do what is the server's; which door somebody comes in by is their role's, and the address's. */
function Door({ account }: { account: Account }) {
  const route = useOwnRoute();
  const t = useWords();
  const page = doorOf(account.role, route);
  return (
    <Stage of={page ? 'own' : 'night'} title={t.name}>
      {page ? <OwnRoom account={account} page={page} /> : <NightRoom account={account} />}
    </Stage>
  );
}
