import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react';
import { useSession } from '../auth/session.js';

/** What stood half written when a session ended, by whose and what it was; a page taken anew forgets it. */
const kept = new Map<string, unknown>();

const keyOf = (username: string, what: string) => `${username} ${what}`;

/**
 * A state that outlives the session: what somebody was writing when it ended stands there again once the same person has signed in. Closing what it stands in
 * throws it away as ever. Never for passwords and secrets. `what`: one and the same for as long as it is shown.
 */
export function useKept<T>(what: string, first: T | (() => T)): [T, Dispatch<SetStateAction<T>>] {
  const [state, setState] = useState<T>(() => {
    const { session } = useSession.getState();
    const key = session.state === 'in' ? keyOf(session.account.username, what) : '';
    return kept.has(key) ? (kept.get(key) as T) : first instanceof Function ? first() : first;
  });
  const now = useRef(state);
  now.current = state;
  useEffect(() => {
    const { session } = useSession.getState();
    if (session.state === 'in') kept.delete(keyOf(session.account.username, what));
    return () => {
      const { session: left } = useSession.getState();
      if (left.state === 'out' && left.ended !== null) kept.set(keyOf(left.ended, what), now.current);
    };
  }, [what]);
  return [state, setState];
}
