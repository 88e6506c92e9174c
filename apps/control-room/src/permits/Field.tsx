import type { ReactNode } from 'react';

interface FieldProps {
  label: string;
  /** The control's id, for the label. */
  id?: string;
  hint?: string;
  /** What is wrong with it, in place of the hint: the form keeps its height. */
  wrong?: string | null;
  children: ReactNode;
}

/** A field with its label above and one line below for a hint or what is wrong. */
export function Field({ label, id, hint, wrong, children }: FieldProps) {
  return (
    <div className={`permit-field ${wrong ? 'wrong' : ''}`} role="group" aria-label={label}>
      <label htmlFor={id}>{label}</label>
      {children}
      <p className="field-line" role={wrong ? 'alert' : undefined}>
        {wrong ?? hint ?? ' '}
      </p>
    </div>
  );
}
