import { Component, type ReactNode } from 'react';
import { words } from '../i18n/index.js';

/** A fault of one part must not leave a black screen at 3 a.m.: it is said, with what to do. */
export class Fault extends Component<{ children: ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    const t = words().problem;
    return (
      <div role="alert" style={{ display: 'grid', placeContent: 'center', height: '100%', gap: 10, padding: 24 }}>
        <strong style={{ fontSize: 18 }}>{t.crashed}</strong>
        <span style={{ color: 'var(--soft)' }}>{t.crashedWhy}</span>
        <code style={{ color: 'var(--mute)', fontFamily: 'var(--mono)' }}>{fault.message}</code>
        <button className="plain c-minor" onClick={() => location.reload()}>
          {t.reload}
        </button>
      </div>
    );
  }
}
