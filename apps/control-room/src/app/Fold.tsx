import { type ReactNode, useState } from 'react';
import './fold.css';
import { remember, remembered } from './remember.js';

/** A part that is read and drawn only while it is open; whether it is, this browser remembers. */
export function Fold({ name, title, openAtFirst = false, children }: { name: string; title: string; openAtFirst?: boolean; children: ReactNode }) {
  const [open, setOpen] = useState((remembered(`fold.${name}`) ?? (openAtFirst ? 'open' : '')) === 'open');
  const toggle = () => {
    remember(`fold.${name}`, open ? 'closed' : 'open');
    setOpen(!open);
  };
  return (
    <section className="fold">
      <button className="plain fold-title" aria-expanded={open} onClick={toggle} data-testid={`fold-${name}`}>
        <span aria-hidden>{open ? '▾' : '▸'}</span> {title}
      </button>
      {open && children}
    </section>
  );
}
