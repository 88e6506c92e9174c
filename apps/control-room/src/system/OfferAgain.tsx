import type { Offered } from '@muckwatch/contract';
import { useState } from 'react';
import { post, wordsOf } from '../app/api.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';

type State = { at: 'idle' } | { at: 'offering' } | { at: 'offered'; answer: Offered } | { at: 'failed'; words: string };

/** Offers the messages of one reason again: after a terminal was registered or a decoder mended. What came of it stays beside the button. */
export function OfferAgain({ reason, onOffered }: { reason: string; onOffered: () => void }) {
  const t = useWords();
  const mayOffer = useMay('set-for-all');
  const [state, setState] = useState<State>({ at: 'idle' });
  if (!mayOffer) return null;

  const offer = (event: React.MouseEvent) => {
    event.stopPropagation(); // the row below opens by a click
    setState({ at: 'offering' });
    post<Offered>('/quarantine/offer', { reason }).then(
      (answer) => {
        setState({ at: 'offered', answer });
        onOffered();
      },
      (error: unknown) => setState({ at: 'failed', words: wordsOf(error) }),
    );
  };
  return (
    <span className="offer">
      <button className="chip" disabled={state.at === 'offering'} onClick={offer} data-testid={`offer-${reason}`}>
        {state.at === 'offering' ? t.system.offering : t.system.offer}
      </button>
      {state.at === 'offered' && (
        <span role="status" data-testid={`offered-${reason}`}>
          {t.system.offered(state.answer)}
        </span>
      )}
      {state.at === 'failed' && (
        <span className="c-serious" role="alert">
          {state.words}
        </span>
      )}
    </span>
  );
}
