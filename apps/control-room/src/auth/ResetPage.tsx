import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { post, Refused, wordsOf } from '../app/api.js';
import { go } from '../app/router.js';
import { useLanguage, useWords } from '../i18n/index.js';
import { resume } from './session.js';
import './signin.css';

interface Fields {
  next: string;
  again: string;
}

/** Whoever has a link of an administrator chooses a new password, signed in or not. */
export default function ResetPage({ token }: { token: string }) {
  const t = useWords();
  const r = t.people.reset;
  const { language, set } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<{ done: boolean; words: string } | null>(null);

  const submit = async ({ next }: Fields) => {
    setBusy(true);
    try {
      await post('/auth/reset', { token, next });
      setAnswer({ done: true, words: r.done });
    } catch (error) {
      const gone = error instanceof Refused && [401, 404, 410].includes(error.status);
      setAnswer({ done: false, words: gone ? r.gone : `${r.failed} ${wordsOf(error)}` });
    } finally {
      setBusy(false);
    }
  };
  const toSignIn = () => {
    go('#/');
    // The reset ended every session, perhaps the one of this browser too.
    void resume();
  };

  return (
    <div className="signin" data-testid="reset-page">
      <main className="signin-card">
        <h1>{r.title}</h1>
        <p>{r.what}</p>
        {answer && <Alert type={answer.done ? 'success' : 'error'} title={answer.words} showIcon style={{ marginBottom: 18 }} data-testid="reset-message" />}
        {answer?.done ? (
          <Button type="primary" block size="large" autoFocus onClick={toSignIn} data-testid="to-sign-in">
            {r.toSignIn}
          </Button>
        ) : (
          <Form<Fields> layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)} size="large">
            <Form.Item name="next" label={r.next} rules={[{ required: true, min: 12, message: t.auth.short }]}>
              <Input.Password autoFocus autoComplete="new-password" data-testid="next" />
            </Form.Item>
            <Form.Item
              name="again"
              label={r.again}
              dependencies={['next']}
              rules={[
                ({ getFieldValue }) => ({
                  validator: (_, value) => (value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t.auth.differ))),
                }),
              ]}
            >
              <Input.Password autoComplete="new-password" data-testid="again" />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={busy} data-testid="submit-reset">
              {r.submit}
            </Button>
          </Form>
        )}
      </main>
      <button className="plain signin-language" onClick={() => set(language === 'zh' ? 'en' : 'zh')} data-testid="language">
        {t.otherLanguage}
      </button>
    </div>
  );
}
