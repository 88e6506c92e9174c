import { execFileSync } from 'node:child_process';

const reader = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write('\n######## NO pdftotext FOUND: what stands on paper was NOT read. Install poppler-utils and run again. ########\n\n');
    return false;
  }
})();

/** A test that reads what stands on paper, where there is something to read it with. */
export const whereItIsRead = reader ? it : it.skip;

/** The words of a PDF, line by line as they are laid out. */
export const wordsOf = (pdf: Buffer): string => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString();
