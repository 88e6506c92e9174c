import { Alert, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { wordsOf } from '../app/api.js';
import { useWords } from '../i18n/index.js';
import { changePassword } from './session.js';

interface Fields {
  current: string;
  next: string;
  again: string;
}

export default function ChangePassword({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<{ done: boolean; words: string } | null>(null);

  const submit = async ({ current, next }: Fields) => {
    setBusy(true);
    try {
      await changePassword(current, next);
      setAnswer({ done: true, words: t.auth.changed });
      setTimeout(onClose, 1_200);
    } catch (error) {
      setAnswer({ done: false, words: wordsOf(error) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal open title={t.auth.change} onCancel={onClose} onOk={() => form.submit()} okText={t.auth.change} confirmLoading={busy} width={420}>
      {answer && <Alert type={answer.done ? 'success' : 'error'} title={answer.words} showIcon style={{ marginBottom: 16 }} />}
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
        <Form.Item name="current" label={t.auth.current} rules={[{ required: true, message: t.auth.needPassword }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="next" label={t.auth.next} rules={[{ required: true, min: 12, message: t.auth.short }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t.auth.again}
          dependencies={['next']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) => (value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t.auth.differ))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
