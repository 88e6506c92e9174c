/** Photos that have not gone out yet, kept on the telephone: taking the next one may end the page. A browser that forbids it just forgets. */
const NAME = 'muckwatch';
const STORE = 'shots';

export const keepShot = (noticeId: string, key: string, picture: Blob) => work('readwrite', (store) => store.put(picture, `${noticeId}/${key}`));
export const dropShot = (noticeId: string, key: string) => work('readwrite', (store) => store.delete(`${noticeId}/${key}`));

export async function keptShots(noticeId: string): Promise<{ key: string; picture: Blob }[]> {
  const range = IDBKeyRange.bound(`${noticeId}/`, `${noticeId}/\uffff`);
  const keys = (await work('readonly', (store) => store.getAllKeys(range))) ?? [];
  const pictures = ((await work('readonly', (store) => store.getAll(range))) ?? []) as Blob[];
  return keys.map((key, i) => ({ key: (key as string).slice(noticeId.length + 1), picture: pictures[i]! })).filter(({ picture }) => picture instanceof Blob);
}

async function work<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const database = await open();
    return await new Promise<T>((resolve, reject) => {
      const asked = act(database.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error('No store.'));
    }).finally(() => database.close());
  } catch {
    return null;
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error('No store.'));
  });
}
