import { useState } from 'react';
import { wordsOf } from './api.js';

export interface Send {
  busy: boolean;
  /** Why the last one was refused, in the server's words. */
  fault: string | null;
  /** Acts, and holds the button until it is done; what is refused is said beside it. True where it was done. */
  send: (act: () => Promise<unknown>) => Promise<boolean>;
}

/** One request at a time, with its refusal. */
export function useSend(): Send {
  const [state, setState] = useState<{ busy: boolean; fault: string | null }>({ busy: false, fault: null });
  const send = async (act: () => Promise<unknown>) => {
    setState({ busy: true, fault: null });
    try {
      await act();
      setState({ busy: false, fault: null });
      return true;
    } catch (error) {
      setState({ busy: false, fault: wordsOf(error) });
      return false;
    }
  };
  return { ...state, send };
}
