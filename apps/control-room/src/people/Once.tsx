import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useWords } from '../i18n/index.js';

/** A secret that is shown this once: it closes only by its own button, never by a click beside it. */
export function Once({ title, secret, what, onClose }: { title: string; secret: string; what: string; onClose: () => void }) {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Where the page is not served over HTTPS there is no clipboard: the text is selected whole by one click.
    await navigator.clipboard?.writeText(secret);
    setCopied(navigator.clipboard !== undefined);
  };
  return (
    <Modal
      open
      title={title}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      width={520}
      footer={[
        <Button key="copy" type="primary" onClick={() => void copy()} data-testid="copy-secret">
          {copied ? t.people.copied : t.people.copy}
        </Button>,
        <Button key="close" onClick={onClose} data-testid="close-secret">
          {t.close}
        </Button>,
      ]}
    >
      <div className="once">
        <p>{what}</p>
        <code data-testid="secret">{secret}</code>
        <p className="c-serious">{t.people.once}</p>
      </div>
    </Modal>
  );
}
