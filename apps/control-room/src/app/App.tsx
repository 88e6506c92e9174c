import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect } from 'react';
import { resume, useSession } from '../auth/session.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { nightTheme } from '../theme/antdTheme.js';
import { Fault } from './Fault.js';
import { useRoute } from './router.js';
import { Waiting } from './Waiting.js';

const SignIn = lazy(() => import('../auth/SignIn.js'));
const Desk = lazy(() => import('./Desk.js'));
const ResetPage = lazy(() => import('../auth/ResetPage.js'));

export function App() {
  const language = useLanguage((s) => s.language);
  const t = useWords();
  const { session } = useSession();
  const route = useRoute();

  useEffect(() => void resume(), []);
  useEffect(() => {
    document.documentElement.lang = t.code;
    document.title = t.name;
  }, [t]);

  return (
    // Ant Design puts a blank between two Chinese characters of a button unless told not to.
    <ConfigProvider locale={language === 'zh' ? zhCN : enGB} theme={nightTheme} button={{ autoInsertSpace: false }}>
      <Fault>
        <Suspense fallback={<Waiting what={t.name} />}>
          {route.page === 'reset' ? (
            <ResetPage token={route.token} />
          ) : session.state === 'checking' ? (
            <Waiting words={t.auth.checking} />
          ) : session.state === 'out' ? (
            <SignIn ended={session.ended} unreachable={session.unreachable} />
          ) : (
            <Desk account={session.account} />
          )}
        </Suspense>
      </Fault>
    </ConfigProvider>
  );
}
