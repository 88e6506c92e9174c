import type { NoticeStepRecord } from '@muckwatch/contract';
import { expected, Refused } from '../app/api.js';
import { words } from '../i18n/index.js';

export type Photo = NoticeStepRecord['photos'][number];

const LONGEST_SIDE = 1_600;
const QUALITY = 0.82;
export const LARGEST = 5 * 1_048_576;
const TAKEN = ['image/jpeg', 'image/png', 'image/webp'];

/** Where a photo of the server's is shown from. */
export const photoUrl = ({ url }: Photo): string => (url.startsWith('/api/') ? url : `/api/v1${url}`);

/** The size to which a picture is shrunk: its longer side at most 1600 px, never grown. */
export function shrunkSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A camera's 12 megapixels become a JPEG of some 300 KB, upright. What this browser cannot read goes as it is, if the server would take it. */
export async function shrink(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!bitmap) {
    if (!TAKEN.includes(file.type)) throw new Error(words().notices.form.notAPicture);
    return checked(file);
  }
  const { width, height } = shrunkSize(bitmap.width, bitmap.height);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')!.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  // A small screenshot as JPEG may be larger than it was.
  return checked(jpeg && (jpeg.size < file.size || !TAKEN.includes(file.type)) ? jpeg : file);
}

function checked(picture: Blob): Blob {
  if (picture.size > LARGEST) throw new Error(words().notices.form.tooLarge);
  return picture;
}

/** `fetch` tells nothing of what has gone out: a photo over a slow line wants to be seen moving. */
export function upload(noticeId: string, picture: Blob, onShare: (share: number) => void, signal: AbortSignal): Promise<Photo> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/notices/${encodeURIComponent(noticeId)}/photos`);
    request.setRequestHeader('content-type', picture.type);
    for (const [name, value] of Object.entries(expected())) request.setRequestHeader(name, value);
    request.timeout = 120_000;
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const said = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300 && said) resolve(said as Photo);
      else reject(new Refused(request.status, (said as { detail?: string } | null)?.detail ?? words().problem.status(request.status)));
    };
    request.onerror = request.ontimeout = () => reject(new Refused(0, words().problem.offline));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(picture);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Worth another try: no network, a gateway in between, a server that is starting. */
export const isPassing = (error: unknown): boolean => error instanceof Refused && (error.status === 0 || error.status === 429 || error.status >= 502);

/** 1 s, 2 s, 4 s … at most half a minute. */
export const pauseMs = (tries: number): number => Math.min(30_000, 1_000 * 2 ** tries);
