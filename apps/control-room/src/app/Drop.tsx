import { Popover, type PopoverProps } from 'antd';
import { cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, useRef, useState } from 'react';

interface Props {
  /** What it is called by a reader's voice. */
  label: string;
  content: ReactNode;
  placement: PopoverProps['placement'];
  children: ReactElement<Record<string, unknown>>;
}

/** A box that opens at a button. The keyboard goes into it, Esc leaves it for the button, and closes nothing else. */
export function Drop({ label, content, placement, children }: Props) {
  const [open, setOpen] = useState(false);
  const inside = useRef<HTMLDivElement>(null);
  const from = useRef<HTMLElement | null>(null);
  const onOpenChange = (next: boolean) => {
    if (next) from.current = document.activeElement as HTMLElement | null;
    setOpen(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    setOpen(false);
    from.current?.focus();
  };
  return (
    <Popover
      trigger="click"
      placement={placement}
      arrow={false}
      destroyOnHidden
      open={open}
      onOpenChange={onOpenChange}
      afterOpenChange={(is) => is && inside.current?.querySelector<HTMLElement>('input, button, a')?.focus()}
      content={
        <div ref={inside} role="dialog" aria-label={label} onKeyDown={onKeyDown}>
          {content}
        </div>
      }
    >
      {cloneElement(children, { 'aria-haspopup': 'dialog', 'aria-expanded': open })}
    </Popover>
  );
}
