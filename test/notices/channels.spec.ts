import { createHmac } from 'node:crypto';
import { answering, halfAnAnswer, hangingUp, Post, Receiver, silence } from './receiver.js';
import { eventually, HOUR, MINUTE, Street } from './street.js';

let street: Street;
let post: Post;
let receiver: Receiver;
let number = 0;

beforeAll(async () => {
  post = await Post.open();
  receiver = await Receiver.open();
  street = await Street.open({
    SMTP_URL: `smtp://127.0.0.1:${post.port}`,
    PUBLIC_URL: 'https://muck.example.org',
    SMS_REQUEST: JSON.stringify({
      url: `${receiver.url('/sms')}?to={to}`,
      headers: { 'Content-Type': 'application/json', 'X-Id': '{id}' },
      body: { phone: '{to}', content: '{text}', nested: { ref: '{id}' } },
      success: '"code":0',
    }),
  });
}, 180_000);
afterAll(async () => {
  await street.close();
  await post.close();
  await receiver.close();
});
beforeEach(() => {
  receiver.answers = [answering(200, { errcode: 0, code: 0 })];
  receiver.got.length = 0;
});

/** A site manager of their own with one channel, and a notice that was just sent to them. */
async function told(channel: object): Promise<{ noticeId: string; accountId: string; token: string; channelId: string }> {
  const person = await street.manager(`m-${++number}`);
  const channelId = await street.channel(person.token, channel);
  const [alert] = await street.happens({ siteId: `m-${number}`, rule: 'spill', severity: 'critical' });
  const notice = await street.noticeOf(alert!, person.id);
  await street.send();
  return { noticeId: notice.id, accountId: person.id, token: person.token, channelId };
}

/** Quoted-printable as text. */
const unquoted = (source: string) =>
  Buffer.from(
    source.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();
const webhook = (path = '/in') => ({ kind: 'webhook', address: receiver.url(path), secret: 'a secret of theirs' });
const only = async (noticeId: string) => {
  const deliveries = await street.deliveries(noticeId);
  expect(deliveries).toHaveLength(1);
  return deliveries[0]!;
};

describe('by mail', () => {
  it('it comes in Chinese, then in English, with its number and link, under an id of its own', async () => {
    const { noticeId } = await told({ kind: 'email', address: 'li@example.org' });
    const [mail] = post.to('li@example.org');
    const { id, ...delivery } = await only(noticeId);
    expect(delivery).toMatchObject({ channel: 'email', to: 'l…@example.org', status: 'sent', attempts: 1, answer: expect.stringContaining('250') });
    expect(mail!.source).toContain(`Message-ID: <${id}@muck.example.org>`);
    expect(mail!.source).toMatch(new RegExp(`^X-MuckWatch-Delivery: ${id}`, 'im'));
    const text = unquoted(/Content-Type: text\/plain[^]*?\r\n\r\n([^]*?)\r\n--/.exec(mail!.source)![1]!);
    const { number: no } = await street.notice(noticeId);
    expect(text).toMatch(new RegExp(`编号 ${no}[^]*https://muck.example.org/#/notice/${noticeId}[^]*No. ${no}[^]*https://muck`));
    expect(mail!.source).toContain('Content-Type: text/html');
  });

  it('what is refused for now is tried again under the same id, what is refused for good is given up', async () => {
    post.refuse = 451;
    const { noticeId } = await told({ kind: 'email', address: 'busy@example.org' });
    const waiting = await only(noticeId);
    expect(waiting).toMatchObject({ status: 'queued', attempts: 1, answer: expect.stringContaining('451') });
    expect(Date.parse(waiting.nextAt!) - Date.now()).toBeGreaterThan(10_000);
    post.refuse = null;
    await street.send(MINUTE);
    expect(await only(noticeId)).toMatchObject({ id: waiting.id, status: 'sent', attempts: 2 });

    post.refuse = 550;
    const refused = await told({ kind: 'email', address: 'nobody@example.org' });
    expect(await only(refused.noticeId)).toMatchObject({ status: 'given-up', nextAt: null, answer: expect.stringContaining('550') });
    const { body } = await street.call('get', '/me/notice-settings', refused.token).expect(200);
    expect(body.channels[0].lastError).toContain('550');
    post.refuse = null;
  });

  it('whose receipt is lost is sent again with the same Message-ID, which mail systems take once', async () => {
    post.cut = true;
    const { noticeId } = await told({ kind: 'email', address: 'cut@example.org' });
    expect(await only(noticeId)).toMatchObject({ status: 'queued', attempts: 1 });
    await street.send(MINUTE);
    expect(await only(noticeId)).toMatchObject({ status: 'sent' });
    const ids = post.to('cut@example.org').map(({ source }) => /Message-ID: (\S+)/.exec(source)![1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('by webhook', () => {
  it('it is signed over time and body, and bears the notice', async () => {
    const { noticeId } = await told(webhook());
    const [got] = receiver.got;
    const delivery = await only(noticeId);
    expect(delivery).toMatchObject({ status: 'delivered', to: `127.0.0.1:${receiver.port}` });
    const timestamp = got!.headers['x-muckwatch-timestamp'] as string;
    const signature = createHmac('sha256', 'a secret of theirs').update(`${timestamp}.${got!.text}`).digest('hex');
    expect(got!.headers).toMatchObject({ 'x-muckwatch-signature': `sha256=${signature}`, 'x-muckwatch-delivery': delivery.id });
    expect(Math.abs(Number(timestamp) - Date.now() / 1_000)).toBeLessThan(60);
    expect(got!.body).toMatchObject({
      id: delivery.id,
      event: 'opened',
      severity: 'critical',
      url: `https://muck.example.org/#/notice/${noticeId}`,
      notice: { id: noticeId },
    });
  });

  it('what fails is tried again until it is taken: hung up, half answered, refused; a receiver that honours our id sees it once', async () => {
    receiver.answers = [hangingUp, halfAnAnswer, answering(500, 'no'), answering(302, '', { Location: '/elsewhere' }), answering(200)];
    const { noticeId } = await told(webhook());
    const answers: (string | null)[] = [];
    for (let later = 2 * MINUTE; (await only(noticeId)).status === 'queued'; later *= 3) {
      answers.push((await only(noticeId)).answer);
      await street.send(later);
    }
    expect(await only(noticeId)).toMatchObject({ status: 'delivered', attempts: 5 });
    expect(answers).toEqual([expect.stringMatching(/hang up|reset/), expect.stringMatching(/cut off|aborted/), '500 no', '302']);
    expect(receiver.got).toHaveLength(5);
    expect(receiver.ids.size).toBe(1);
  });

  it('who asks us to wait is waited for', async () => {
    receiver.answers = [answering(429, 'slow down', { 'Retry-After': '1800' }), answering(200)];
    const { noticeId } = await told(webhook());
    const waiting = await only(noticeId);
    expect(waiting).toMatchObject({ status: 'queued', answer: '429 slow down' });
    expect(Date.parse(waiting.nextAt!) - Date.now()).toBeGreaterThan(25 * MINUTE);
    await street.send(20 * MINUTE);
    expect(receiver.got).toHaveLength(1);
    await street.send(31 * MINUTE);
    expect(await only(noticeId)).toMatchObject({ status: 'delivered' });
  });

  it('who is slow holds up nobody else', async () => {
    receiver.answers = [silence, answering(200)];
    const person = await street.manager('slow');
    await street.channel(person.token, webhook('/slow'));
    const other = await street.person('quick', 'site-manager', { placeIds: ['slow'] });
    await street.channel(other.token, { kind: 'email', address: 'quick@example.org' });
    const [alert] = await street.happens({ siteId: 'slow', rule: 'spill', severity: 'critical' });
    await street.send();
    expect(post.to('quick@example.org')).toHaveLength(1);
    const slow = await only((await street.noticeOf(alert!, person.id)).id);
    expect(slow).toMatchObject({ status: 'queued', attempts: 1, answer: 'no answer within 10 s' });
  });

  it('that is gone for good is given up at once, and one that never answers after a day', async () => {
    receiver.answers = [answering(410, 'gone')];
    expect(await only((await told(webhook())).noticeId)).toMatchObject({ status: 'given-up', attempts: 1 });
    receiver.answers = [answering(503)];
    const { noticeId } = await told(webhook());
    for (let attempt = 2; attempt <= 12; attempt++) await street.send(6 * HOUR);
    expect(await only(noticeId)).toMatchObject({ status: 'given-up', attempts: 12, nextAt: null });
  });

  it('goes on in the next process, with what was being sent when the last one died', async () => {
    receiver.answers = [silence];
    const person = await street.manager('restart');
    await street.channel(person.token, webhook('/restart'));
    const [alert] = await street.happens({ siteId: 'restart', rule: 'spill', severity: 'critical' });
    const { id } = await street.noticeOf(alert!, person.id);
    const came = () => receiver.got.filter(({ path }) => path === '/restart');
    await eventually('it is being sent', () => came().length > 0);
    expect(await only(id)).toMatchObject({ status: 'sending', attempts: 1 });
    await street.restart();
    expect(await only(id)).toMatchObject({ status: 'sending', attempts: 1 });
    receiver.answers = [answering(200)];
    await street.send(61_000);
    expect(await only(id)).toMatchObject({ status: 'delivered', attempts: 2 });
    expect(came()).toHaveLength(2);
    expect(new Set(came().map(({ body }) => body.id)).size).toBe(1);
  });
});

describe('by a group robot', () => {
  it('of WeCom it is markdown of at most 4096 bytes, and its 200 with a code in the body is a failure', async () => {
    receiver.answers = [answering(200, { errcode: 45_009, errmsg: 'api freq out of limit' }), answering(200, { errcode: 0, errmsg: 'ok' })];
    const { noticeId } = await told({ kind: 'wecom', address: receiver.url('/cgi-bin/webhook/send?key=1') });
    const waiting = await only(noticeId);
    expect(waiting).toMatchObject({ status: 'queued', answer: expect.stringContaining('45009') });
    expect(Date.parse(waiting.nextAt!) - Date.now()).toBeGreaterThan(50_000);
    await street.send(2 * MINUTE);
    expect(await only(noticeId)).toMatchObject({ status: 'delivered' });
    const { body } = receiver.got.at(-1)!;
    expect(body).toMatchObject({ msgtype: 'markdown', markdown: { content: expect.stringContaining(`(https://muck.example.org/#/notice/${noticeId})`) } });
    expect(Buffer.byteLength(body.markdown.content)).toBeLessThanOrEqual(4_096);
    receiver.answers = [answering(200, { errcode: 93_000, errmsg: 'invalid webhook url' })];
    expect(await only((await told({ kind: 'wecom', address: receiver.url('/x') })).noticeId)).toMatchObject({ status: 'given-up' });
    receiver.answers = [answering(200, '<html>proxy</html>')];
    expect(await only((await told({ kind: 'wecom', address: receiver.url('/x') })).noticeId)).toMatchObject({
      status: 'queued',
      answer: expect.stringContaining('no JSON'),
    });
  });

  it('of DingTalk it bears time and signature in its address', async () => {
    const secret = 'SECabcdef0123456789';
    const { noticeId } = await told({ kind: 'dingtalk', address: receiver.url('/robot/send?access_token=t'), secret });
    const { query, body } = receiver.got[0]!;
    expect(query.get('access_token')).toBe('t');
    expect(query.get('sign')).toBe(
      createHmac('sha256', secret)
        .update(`${query.get('timestamp')}\n${secret}`)
        .digest('base64'),
    );
    expect(body).toMatchObject({ msgtype: 'markdown', markdown: { title: expect.any(String), text: expect.stringContaining(noticeId) } });
    expect(await only(noticeId)).toMatchObject({ status: 'delivered' });
  });

  it('of Feishu it bears time and signature in its body', async () => {
    const secret = 'feishu-secret-1';
    const { noticeId } = await told({ kind: 'feishu', address: receiver.url('/open-apis/bot/v2/hook/h'), secret });
    const { body } = receiver.got[0]!;
    expect(body.sign).toBe(createHmac('sha256', `${body.timestamp}\n${secret}`).digest('base64'));
    expect(body).toMatchObject({ msg_type: 'interactive', card: { header: { template: 'red' } } });
    expect(JSON.stringify(body.card)).toContain(noticeId);
    receiver.answers = [answering(200, { code: 19_021, msg: 'sign match fail' })];
    expect(await only((await told({ kind: 'feishu', address: receiver.url('/h'), secret })).noticeId)).toMatchObject({
      status: 'queued',
      answer: expect.stringContaining('19021'),
    });
  });
});

describe('by text message', () => {
  it('it is the request of the city’s setting, and an answer that does not match is a failure', async () => {
    const { noticeId } = await told({ kind: 'sms', address: '+8613800138000' });
    const got = receiver.got[0]!;
    const { id } = await only(noticeId);
    expect(got.query.get('to')).toBe('+8613800138000');
    expect(got.headers['x-id']).toBe(id);
    expect(got.body).toMatchObject({ phone: '+8613800138000', nested: { ref: id }, content: expect.stringContaining(noticeId) });
    expect(got.body.content).toContain('【渣土通】');
    receiver.answers = [answering(200, { code: 7, message: 'quota' })];
    expect(await only((await told({ kind: 'sms', address: '13800138000' })).noticeId)).toMatchObject({
      status: 'queued',
      answer: expect.stringContaining('quota'),
    });
  });
});

describe('a channel', () => {
  it('is its owner’s own: made, changed, tried and removed by nobody else', async () => {
    const person = await street.person('owner', 'operator');
    const other = await street.person('other', 'operator');
    const id = await street.channel(person.token, webhook('/mine'));
    const { body } = await street.call('get', '/me/notice-settings', person.token).expect(200);
    expect(body).toEqual({
      channels: [{ id, kind: 'webhook', address: receiver.url('/mine'), hasSecret: true, leastSeverity: 'minor', enabled: true, lastError: null }],
      quietHours: null,
      messagesPerHour: 20,
      weeklyReport: false,
    });
    expect((await street.call('get', '/me/notice-settings', other.token).expect(200)).body.channels).toEqual([]);
    await street.call('patch', `/me/channels/${id}`, other.token).send({ enabled: false }).expect(404);
    await street.call('post', `/me/channels/${id}/test`, other.token).expect(404);
    await street.call('delete', `/me/channels/${id}`, other.token).expect(404);
    expect((await street.call('post', `/me/channels/${id}/test`, person.token).expect(200)).body).toEqual({
      sent: true,
      answer: expect.stringContaining('200'),
    });
    receiver.answers = [answering(500, 'broken')];
    expect((await street.call('post', `/me/channels/${id}/test`, person.token).expect(200)).body).toEqual({ sent: false, answer: '500 broken' });
    await street.call('patch', `/me/channels/${id}`, person.token).send({ secret: null }).expect(400);
    expect((await street.call('patch', `/me/channels/${id}`, person.token).send({ leastSeverity: 'critical' }).expect(200)).body).toMatchObject({
      leastSeverity: 'critical',
    });
    await street.call('delete', `/me/channels/${id}`, person.token).expect(204);
  });

  it('is refused where its address is none, by name', async () => {
    for (const [kind, address] of [
      ['email', 'not a mail'],
      ['sms', '12'],
      ['wecom', 'ftp://x'],
    ]) {
      const { body } = await street.call('post', '/me/channels').send({ kind, address }).expect(400);
      expect(body.errors[0]).toMatchObject({ path: 'address' });
    }
    const { body } = await street.call('post', '/me/channels').send({ kind: 'webhook', address: receiver.url() }).expect(400);
    expect(body.errors[0]).toMatchObject({ path: 'secret' });
  });

  it('that its owner switched off is not used for what waits', async () => {
    receiver.answers = [answering(500)];
    const { noticeId, token, channelId } = await told(webhook('/off'));
    await street.call('patch', `/me/channels/${channelId}`, token).send({ enabled: false }).expect(200);
    await street.send(MINUTE);
    expect(await only(noticeId)).toMatchObject({ status: 'given-up', attempts: 1, answer: 'the channel was removed or switched off' });
    expect(receiver.got.filter(({ path }) => path === '/off')).toHaveLength(1);
  });
});
