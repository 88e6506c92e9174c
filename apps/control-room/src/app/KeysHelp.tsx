import { Modal } from 'antd';
import { useWords } from '../i18n/index.js';

export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords();
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={
        <a href="#/help" onClick={onClose}>
          {t.help.title} →
        </a>
      }
      title={t.keys.title}
      width={420}
      destroyOnHidden
    >
      <KeyList />
    </Modal>
  );
}

export function KeyList() {
  const t = useWords();
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: '96px 1fr', gap: '10px 12px', margin: '8px 0 4px' }}>
      {t.keys.rows.map(([keys, what]) => (
        <div key={keys} style={{ display: 'contents' }}>
          <dt style={{ display: 'flex', gap: 6 }}>
            {keys.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd style={{ margin: 0, color: 'var(--text)' }}>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
