import type { Account } from '@muckwatch/contract';
import { useWords } from '../i18n/index.js';
import { Channels } from './Channels.js';
import { LanguageChoice } from './LanguageChoice.js';
import './me.css';
import { Password } from './Password.js';
import { SecondFactor } from './SecondFactor.js';
import { Sessions } from './Sessions.js';

/** How one is told, and how one's account is kept: the same for every role. */
export default function MePage({ account }: { account: Account }) {
  const t = useWords();
  return (
    <main className="own-main me" data-testid="me">
      <p className="me-who">
        <b>{account.name || account.username}</b>
        <span>
          {account.username} · {t.role[account.role]}
        </span>
      </p>
      <Channels />
      <SecondFactor account={account} />
      <Password />
      <Sessions />
      <LanguageChoice />
    </main>
  );
}
