import { PassThrough, pipeline, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { open, type PackFile } from './pack-file.js';

/** Pictures are compressed already. */
const STORED = /\.(?:jpg|png|webp)$/;

/** A ZIP of these files in this order, each dated `at`: the same files give the same bytes. It is made while it is taken, one file at a time. */
export function zipOf(files: PackFile[], at: number): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  let reading: Readable | null = null;
  for (const file of files) {
    const options = { mtime: new Date(at), mode: 0o100644, compress: !STORED.test(file.name) };
    if (Buffer.isBuffer(file.content)) zip.addBuffer(file.content, file.name, options);
    else {
      zip.addReadStreamLazy(file.name, { ...options, size: file.bytes }, (done) => {
        open(file).then(
          (stream) => done(null, (reading = stream as Readable)),
          (error: Error) => out.destroy(error),
        );
      });
    }
  }
  // Whoever hangs up leaves no file open.
  out.on('close', () => reading?.destroy());
  // A picture that cannot be read breaks the file off: whoever takes it learns that it is not whole.
  zip.on('error', (error: Error) => out.destroy(error));
  pipeline(zip.outputStream as Readable, out, () => undefined);
  zip.end();
  return out;
}
