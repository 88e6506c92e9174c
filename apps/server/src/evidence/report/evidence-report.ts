import { type AlertDetail, measureName, measuresZh, measureWords, SEVERITY_WORDS } from '@muckwatch/contract';
import { type EpochMs, RULES, type UtcOffset } from '@muckwatch/domain';
import { buffer } from 'node:stream/consumers';
import { cityTimeZh } from '../../paper/city-time-zh.js';
import { type BaseLine, drawMap } from '../../paper/paper-map.js';
import { code, INK, LINE, listed, MARGIN, roomFor, rows, section, sheet, SOFT, WIDTH } from '../../paper/sheet.js';
import type { Surroundings } from '../around.js';
import type { VersionInForce } from '../evidence.store.js';
import type { LoggedReport } from '../logged-report.js';
import { type Manifest, SUMS } from '../manifest.js';
import { chartsHeight, drawCharts } from './report-charts.js';
import type { PrintedPicture } from './report-pictures.js';
import { handling, integrity, judgedBy, natureOf, reportsWords } from './report-words.js';

const TOP = 38;
const QR_SIDE = 64;
const MAP_HEIGHT = 122;
const PICTURE_HEIGHT = 94;
const SMALL = 9;

export interface ReportParts {
  alert: Omit<AlertDetail, 'series'>;
  judged: { foundAt: EpochMs; sameWorld: boolean };
  reports: LoggedReport[];
  seen: Surroundings;
  versions: VersionInForce[];
  pictures: PrintedPicture[];
  base: BaseLine[];
  manifest: Manifest;
  manifestSha256: string;
  /** Set among the document's keywords: how a program finds the manifest that the report was made with. */
  quote: string;
  utcOffset: UtcOffset;
  exportedAt: EpochMs;
}

/** An alert's evidence on A4, in Chinese: what a machine recorded, what a person decided, and by what the pack can be checked. Of law only what stands in it: §41. */
export async function evidenceReport(parts: ReportParts): Promise<Buffer> {
  const { alert, utcOffset, exportedAt } = parts;
  const at = (time: string | number) => cityTimeZh(typeof time === 'string' ? Date.parse(time) : time, utcOffset);
  const info = { Title: `渣土运输线索证据报告 ${alert.id}`, Keywords: parts.quote, CreationDate: new Date(exportedAt), ModDate: new Date(exportedAt) };
  const paper = sheet(info, { top: TOP, bottom: 46, bufferPages: true });

  head(paper, parts);
  basics(paper, parts, at);
  nature(paper, parts, at);
  what(paper, parts, at);
  map(paper, parts);
  charts(paper, parts);
  pictures(paper, parts, at);
  table(paper, '处理记录', handling(alert, parts.seen, at));
  table(paper, '判定依据（按事发时有效的版本）', judgedBy(parts, at));
  table(paper, '完整性', integrity(parts, at));
  paper.y += 3;
  note(paper, `核对：sha256sum -c ${SUMS}，或 npm run evidence:verify；清单的 SHA-256 须与系统审计中这次导出的记录一致。`);
  feet(paper, parts);
  paper.end();
  return buffer(paper);
}

/** Its title never stands alone at the foot of a page. */
function table(paper: PDFKit.PDFDocument, title: string, pairs: [string, string][]): void {
  roomFor(paper, 60);
  section(paper, title, { size: 12 });
  rows(paper, pairs, { size: SMALL });
}

function head(paper: PDFKit.PDFDocument, { alert, manifest, manifestSha256 }: ReportParts): void {
  const width = WIDTH - QR_SIDE - 16;
  const rule = RULES.find(({ code: one }) => one === alert.rule)!;
  code(paper, `sha256:${manifestSha256}`, { x: MARGIN + WIDTH - QR_SIDE, y: TOP, side: QR_SIDE });
  paper.font('bold').fontSize(20).fillColor(INK).text('渣土运输线索证据报告', MARGIN, TOP, { width });
  paper
    .moveDown(0.25)
    .fontSize(13)
    .text(`${rule.name.zh}（${SEVERITY_WORDS[alert.severity].zh}）　${alert.truck.plate ?? '车牌不明'}`, { width });
  paper.moveDown(0.25).font('regular').fontSize(9).fillColor(SOFT).text(`编号 ${alert.id}`, { width });
  paper.text(`时间为当地时间（${manifest.cityTimeZone}）；右侧二维码为清单的 SHA-256`, { width });
  paper.y = Math.max(paper.y, TOP + QR_SIDE) + 8;
}

function basics(paper: PDFKit.PDFDocument, { alert, judged }: ReportParts, at: (time: string | number) => string): void {
  const { place, position, haul } = alert;
  const where = place && `${place.name}${place.distanceM > 0 ? `（距离 ${Math.round(place.distanceM)} m）` : '（内）'}`;
  rows(
    paper,
    [
      ['运输企业', alert.company?.name ?? '—'],
      ['驾驶员', '系统未记录，由办案人查明'],
      ['地点', `${where ?? '—'}　${position.lat.toFixed(6)}, ${position.lon.toFixed(6)}（WGS-84）`],
      ['起止', `${at(alert.began)} 至 ${alert.ended === null ? '今，未结束' : sameDay(at(alert.began), at(alert.ended))}`],
      ['起止（UTC）', `${utc(alert.began)} 至 ${alert.ended === null ? '—' : utc(alert.ended)}`],
      ['系统发现', `${at(alert.openedAt)}${alert.late ? '（补传数据，事后发现）' : ''}，所依据的报文时间 ${at(judged.foundAt)}`],
      ...(haul
        ? ([['所属趟次', `${haul.site?.name ?? '工地不明'} → ${haul.yard?.name ?? '未到消纳场'}，${at(haul.departedAt)} 离开`]] as [string, string][])
        : []),
    ],
    { size: SMALL },
  );
}

const utc = (time: string) => time.slice(0, 19).replace('T', ' ');
/** The end of a stretch, without the date where it is that of its beginning. */
const sameDay = (from: string, to: string) => (from.split(' ')[0] === to.split(' ')[0] ? to.split(' ')[1]! : to);

/** Two columns side by side: what a machine recorded, and what a person said of it. */
function nature(paper: PDFKit.PDFDocument, { alert }: ReportParts, at: (time: string | number) => string): void {
  section(paper, '性质', { size: 12 });
  const { machine, person, law, toCheck } = natureOf(alert, at);
  const gap = 12;
  const width = (WIDTH - gap) / 2;
  const cell = (title: string, text: string, colour: string, x: number, y: number, height: number) => {
    paper.rect(x, y, width, height).lineWidth(0.8).stroke(colour);
    paper
      .font('bold')
      .fontSize(10)
      .fillColor(colour)
      .text(title, x + 8, y + 6, { width: width - 16 });
    paper
      .font('regular')
      .fontSize(9)
      .fillColor(INK)
      .text(text, x + 8, y + 21, { width: width - 16, lineGap: 1.5 });
  };
  paper.font('regular').fontSize(9);
  const height = 30 + Math.max(...[machine, person.text].map((text) => paper.heightOfString(text, { width: width - 16, lineGap: 1.5 })));
  roomFor(paper, height);
  const y = paper.y;
  cell('线索：机器自动记录', machine, '#8a5a00', MARGIN, y, height);
  cell(person.title, person.text, person.decided ? '#1e6b3a' : '#777777', MARGIN + width + gap, y, height);
  paper.x = MARGIN;
  paper.y = y + height + 5;
  note(paper, law);
  paper.moveDown(0.2).font('regular').fontSize(SMALL).fillColor(INK).text(toCheck, MARGIN, paper.y, { width: WIDTH });
}

function what(paper: PDFKit.PDFDocument, { alert }: ReportParts, at: (time: number) => string): void {
  const rule = RULES.find(({ code: one }) => one === alert.rule)!;
  section(paper, '情况', { size: 12 });
  paper.font('regular').fontSize(11).fillColor(INK).text(alert.summary.zh, { width: WIDTH, lineGap: 2 });
  paper.moveDown(0.3).fontSize(9).fillColor(SOFT).text(`规则（${rule.code}）：${rule.description.zh}`, { width: WIDTH, lineGap: 1.5 });
  paper.moveDown(0.3);
  const say = { clock: at, rule: rule.code };
  const measured = Object.entries(alert.evidence).filter(([, value]) => value !== null);
  const words = (values: [string, number | string | boolean | null][]) =>
    listed(
      paper,
      values.map(([name, value]) => `${measureName(name, measuresZh, rule.code)} ${measureWords(name, value, measuresZh, say)}`),
      { size: SMALL },
    );
  rows(
    paper,
    [
      ['测得', words(measured) || '—'],
      ['当时的限值', words(Object.entries(alert.limits)) || '—'],
    ],
    { size: SMALL },
  );
}

function map(paper: PDFKit.PDFDocument, { alert, reports, base }: ReportParts): void {
  roomFor(paper, MAP_HEIGHT + 50);
  section(paper, '位置与轨迹', { size: 12 });
  const y = paper.y;
  const track = reports.filter(({ doubt }) => doubt === null);
  drawMap(paper, { x: MARGIN, y, width: WIDTH, height: MAP_HEIGHT }, { position: alert.position, track }, base);
  paper.x = MARGIN;
  paper.y = y + MAP_HEIGHT + 3;
  note(paper, `上方为北；圆圈为开始处；黑线为可信的轨迹（${track.length} 点，事前、事后各 2 分钟）；褐线为场所边界。`);
}

function charts(paper: PDFKit.PDFDocument, { alert, reports, manifest, utcOffset }: ReportParts): void {
  const height = reports.length > 1 ? chartsHeight(reports) : 20;
  roomFor(paper, height + 54);
  section(paper, '监测曲线', { size: 12 });
  if (reports.length < 2) return note(paper, alert.truck.id === null ? '不是登记车辆，没有终端报文。' : '这段时间没有终端报文。');
  const y = paper.y;
  const ended = alert.ended === null ? null : Date.parse(alert.ended);
  drawCharts(paper, { x: MARGIN, y, width: WIDTH, reports, began: Date.parse(alert.began), ended, utcOffset });
  paper.x = MARGIN;
  paper.y = y + height + 1;
  const doubted = reports.filter(({ doubt }) => doubt !== null).length;
  note(
    paper,
    `红底为本事件；${doubted > 0 ? `空心灰点为存疑的 ${doubted} 条报文，不参与判定；` : ''}${reportsWords(manifest.reports)}，原始数值见 series.csv。`,
  );
}

function pictures(paper: PDFKit.PDFDocument, { pictures: printed, seen }: ReportParts, at: (time: string) => string): void {
  if (printed.length === 0 && seen.missing.length === 0) return;
  const gap = 12;
  const width = (WIDTH - gap) / 2;
  const row = PICTURE_HEIGHT + 32;
  roomFor(paper, row + 40);
  section(paper, '抓拍与照片', { size: 12 });
  let y = paper.y;
  printed.forEach(({ picture, bytes }, i) => {
    if (i % 2 === 0 && i > 0) {
      paper.y = y + row;
      roomFor(paper, row);
      y = paper.y;
    }
    const x = MARGIN + (i % 2) * (width + gap);
    image(paper, bytes, { x, y, width });
    const [{ kind, at: time, by }] = picture.of as [(typeof picture.of)[number]];
    const whose = { sighting: `抓拍机 ${by}`, notice: `${by} 的答复照片`, command: `终端 ${by} 拍摄` }[kind];
    paper
      .font('regular')
      .fontSize(8.5)
      .fillColor(INK)
      .text(`${whose}　${at(time)}`, x, y + PICTURE_HEIGHT + 3, { width, lineBreak: false });
    paper
      .fontSize(7.5)
      .fillColor(SOFT)
      .text(`SHA-256 ${picture.file.sha256.slice(0, 32)}…`, x, y + PICTURE_HEIGHT + 15, { width, lineBreak: false });
  });
  paper.x = MARGIN;
  paper.y = printed.length > 0 ? y + row - 2 : y;
  const others = seen.pictures.length - printed.length;
  if (others > 0) note(paper, `另有 ${others} 张，见 pictures 目录。`);
  for (const { what: which, why, sha256 } of seen.missing) note(paper, `缺失：${which}，SHA-256 ${sha256}（${why}）`);
}

function image(paper: PDFKit.PDFDocument, bytes: Buffer | null, { x, y, width }: { x: number; y: number; width: number }): void {
  paper.rect(x, y, width, PICTURE_HEIGHT).lineWidth(0.5).stroke(LINE);
  try {
    if (bytes) return void paper.image(bytes, x + 1, y + 1, { fit: [width - 2, PICTURE_HEIGHT - 2], align: 'center', valign: 'center' });
  } catch {
    // A camera may have sent half a picture: its bytes are in the pack all the same.
  }
  const words = bytes ? '图片无法显示，原文件在 pictures 目录' : '此格式不能印出，原文件在 pictures 目录';
  paper
    .font('regular')
    .fontSize(9)
    .fillColor(SOFT)
    .text(words, x, y + PICTURE_HEIGHT / 2 - 6, { width, align: 'center' });
}

function note(paper: PDFKit.PDFDocument, words: string): void {
  paper.font('regular').fontSize(8.5).fillColor(SOFT);
  roomFor(paper, paper.heightOfString(words, { width: WIDTH, lineGap: 1 }));
  paper.text(words, MARGIN, paper.y, { width: WIDTH, lineGap: 1 });
}

/** On every page which pack it belongs to: a page alone proves nothing. */
function feet(paper: PDFKit.PDFDocument, { alert, manifestSha256 }: ReportParts): void {
  const { start, count } = paper.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    paper.switchToPage(start + i);
    // Below the margin, where text would open a new page.
    paper.page.margins.bottom = 0;
    const y = paper.page.height - 34;
    paper
      .font('regular')
      .fontSize(7.5)
      .fillColor(SOFT)
      .text(`${alert.id}　清单 ${manifestSha256.slice(0, 16)}…`, MARGIN, y, { lineBreak: false });
    paper.text(`第 ${i + 1} 页，共 ${count} 页`, MARGIN, y, { width: WIDTH, align: 'right', lineBreak: false });
  }
}
