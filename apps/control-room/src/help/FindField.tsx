import { useWords } from '../i18n/index.js';

export function FindField({ typed, onChange, words }: { typed: string; onChange: (typed: string) => void; words: string }) {
  const t = useWords();
  return (
    <input
      className="field"
      type="search"
      value={typed}
      onChange={(event) => onChange(event.target.value)}
      placeholder={t.help.find}
      aria-label={words}
      title={words}
      data-testid="help-find"
    />
  );
}
