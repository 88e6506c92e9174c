import { Modal } from 'antd';
import { useWords } from '../i18n/index.js';
import type { PageName } from './router.js';

/** The keys of the page one is on: in the control room and on a tape the same letters do different things. */
export function KeysHelp({ open, page, onClose }: { open: boolean; page: PageName; onClose: () => void }) {
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
      title={page === 'playback' ? `${t.keys.title} · ${t.playback.title}` : t.keys.title}
      width={420}
      destroyOnHidden
    >
      <KeyList rows={page === 'playback' ? t.playback.keyRows : t.keys.rows} />
    </Modal>
  );
}

export function KeyList({ rows }: { rows: readonly [keys: string, what: string][] }) {
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: '96px 1fr', gap: '10px 12px', margin: '8px 0 4px' }}>
      {rows.map(([keys, what]) => (
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
