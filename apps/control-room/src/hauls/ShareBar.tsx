/** How much is used; from 90 %, where people are told, it is marked. The figure beside it says the same in words. */
export function ShareBar({ share }: { share: number }) {
  return (
    <span className={`share-bar ${share >= 1 ? 'full' : share >= 0.9 ? 'near' : ''}`} aria-hidden>
      <i style={{ width: `${Math.min(100, share * 100)}%` }} />
      <em />
    </span>
  );
}

export const shareClass = (share: number): string => (share >= 1 ? 'c-critical' : share >= 0.9 ? 'c-serious' : '');
