import { type ReactNode, Suspense } from 'react';
import { Waiting } from './Waiting.js';

interface Props {
  /** Which of several things stands here. */
  of: string;
  /** Its title, said while it is fetched. */
  title: string;
  children: ReactNode;
}

/** Where one of several parts stands. What is left goes at once: React would otherwise keep it, hidden and at work, until the next one is fetched. */
export function Stage({ of, title, children }: Props) {
  return (
    <Suspense key={of} fallback={<Waiting what={title} />}>
      {children}
    </Suspense>
  );
}
