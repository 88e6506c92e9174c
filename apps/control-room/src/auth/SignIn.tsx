import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Refused, wordsOf } from '../app/api.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { signIn } from './session.js';
import './signin.css';

interface Fields {
  username: string;
  password: string;
}

export default function SignIn({ ended, unreachable }: { ended: boolean; unreachable: boolean }) {
  const t = useWords();
  const { language, set } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);

  const submit = async ({ username, password }: Fields) => {
    setBusy(true);
    setFault(null);
    try {
      await signIn(username.trim(), password);
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };

  const said = fault ? faultWords(fault, t.auth) : ended ? t.auth.ended : unreachable ? t.auth.unreachable : null;
  return (
    <div className="signin">
      <main className="signin-card">
        <h1>{t.name}</h1>
        <p>{t.auth.title}</p>
        {said && <Alert type={fault ? 'error' : 'info'} title={said} showIcon style={{ marginBottom: 18 }} data-testid="signin-message" />}
        <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)} size="large">
          <Form.Item name="username" label={t.auth.username} rules={[{ required: true, message: t.auth.needUsername }]}>
            <Input autoFocus autoComplete="username" autoCapitalize="off" spellCheck={false} data-testid="username" />
          </Form.Item>
          <Form.Item name="password" label={t.auth.password} rules={[{ required: true, message: t.auth.needPassword }]}>
            <Input.Password autoComplete="current-password" data-testid="password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy} data-testid="submit">
            {t.auth.submit}
          </Button>
        </Form>
      </main>
      <button className="plain signin-language" onClick={() => set(language === 'zh' ? 'en' : 'zh')} data-testid="language">
        {t.otherLanguage}
      </button>
    </div>
  );
}

function faultWords(fault: unknown, t: { wrong: string; throttled: string; unreachable: string }): string {
  if (!(fault instanceof Refused)) return wordsOf(fault);
  if (fault.status === 401) return t.wrong;
  if (fault.status === 429) return t.throttled;
  return fault.status === 0 || fault.status >= 502 ? t.unreachable : fault.detail;
}
