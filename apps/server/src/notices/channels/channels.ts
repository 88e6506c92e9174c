import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import type { PersonalChannel } from '../directory.js';
import type { Message } from '../message.js';
import { unanswered } from './ask.js';
import { toDingtalk } from './dingtalk.js';
import { toEmail } from './email.js';
import { toFeishu } from './feishu.js';
import { failure, type Outcome, type Target } from './outcome.js';
import { toSms } from './sms.js';
import { toWebhook } from './webhook.js';
import { toWecom } from './wecom.js';

/** One attempt by any channel; never throws. */
@Injectable()
export class Channels {
  constructor(private readonly config: Config) {}

  async send(kind: PersonalChannel['kind'], message: Message, target: Target, signal: AbortSignal): Promise<Outcome> {
    try {
      return await this.#send(kind, message, target, signal);
    } catch (error) {
      return unanswered(error);
    }
  }

  #send(kind: PersonalChannel['kind'], message: Message, target: Target, signal: AbortSignal): Promise<Outcome> | Outcome {
    const { smtpUrl, smtpFrom, smsRequest, publicUrl, noticeHttp: open } = this.config;
    const host = new URL(publicUrl).hostname;
    if (kind === 'email') {
      if (smtpUrl === null) return failure('SMTP_URL is not set: this server sends no mail', { permanent: true });
      return toEmail(message, target, { smtpUrl, from: smtpFrom ?? `muckwatch@${host}`, host });
    }
    if (kind === 'sms') {
      if (smsRequest === null) return failure('SMS_REQUEST is not set: this server sends no text messages', { permanent: true });
      return toSms(message, target, smsRequest, signal);
    }
    if (kind === 'wecom') return toWecom(message, target, { open, signal });
    if (kind === 'dingtalk') return toDingtalk(message, target, { open, signal });
    if (kind === 'feishu') return toFeishu(message, target, { open, signal });
    return toWebhook(message, target, { open, signal });
  }
}
