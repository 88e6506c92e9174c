/** A notice is a message about a violation to one person who can put it right, to be acknowledged and answered. */
export const NOTICE_STATUSES = ['open', 'acknowledged', 'rectified', 'objected', 'accepted', 'sent-back', 'withdrawn'] as const;
/** open → acknowledged → rectified | objected → accepted | sent-back → answered again; withdrawn once nothing of it stands any more. */
export type NoticeStatus = (typeof NOTICE_STATUSES)[number];

export const NOTICE_STEPS = ['acknowledge', 'rectify', 'object', 'accept', 'send-back'] as const;
export type NoticeStep = (typeof NOTICE_STEPS)[number];

/** Which step leads where, from where, and whose it is: the recipient answers, a reviewer accepts the answer or sends it back. */
export const NOTICE_TRANSITIONS: Record<NoticeStep, { from: readonly NoticeStatus[]; to: NoticeStatus; by: 'recipient' | 'reviewer'; needsText: boolean }> = {
  acknowledge: { from: ['open'], to: 'acknowledged', by: 'recipient', needsText: false },
  rectify: { from: ['open', 'acknowledged', 'sent-back'], to: 'rectified', by: 'recipient', needsText: true },
  object: { from: ['open', 'acknowledged', 'sent-back'], to: 'objected', by: 'recipient', needsText: true },
  accept: { from: ['rectified', 'objected'], to: 'accepted', by: 'reviewer', needsText: false },
  'send-back': { from: ['rectified', 'objected'], to: 'sent-back', by: 'reviewer', needsText: true },
};

/** The status after a step, or null where the status does not allow it. */
export function afterNoticeStep(status: NoticeStatus, step: NoticeStep): NoticeStatus | null {
  const { from, to } = NOTICE_TRANSITIONS[step];
  return from.includes(status) ? to : null;
}

/** What a notice can be about: a rule's alert, or the volume that a permit allows. */
export const VOLUME_KINDS = ['volume-90', 'volume-100'] as const;
export type VolumeKind = (typeof VOLUME_KINDS)[number];

/** How far a permit's volume has been hauled, where it is far enough to be told; null: not yet. */
export function volumeLevel(hauledM3: number, volumeM3: number): VolumeKind | null {
  if (hauledM3 >= volumeM3) return 'volume-100';
  return hauledM3 >= 0.9 * volumeM3 ? 'volume-90' : null;
}
