import { measureName, measuresZh, measureWords, type NoticeDetail, SEVERITY_WORDS } from '@muckwatch/contract';
import type { UtcOffset } from '@muckwatch/domain';
import { cityTimeZh } from './city-time-zh.js';
import { type BaseLine, drawMap } from './paper-map.js';
import { code, INK, MARGIN, roomFor, rows, section, sheet, SOFT, WIDTH } from './sheet.js';

const QR_SIDE = 92;
const MAP_HEIGHT = 190;
const PICTURE_HEIGHT = 250;

export interface PaperParts {
  notice: NoticeDetail;
  /** The gate camera's picture; JPEG or PNG. */
  picture: Buffer | null;
  /** Roads and water round the place. */
  base: BaseLine[];
  /** Of the page that the recipient answers on. */
  url: string;
  utcOffset: UtcOffset;
  madeAt: number;
}

/**
 * A notice on paper, in Chinese, on A4: number, facts, picture, map, deadline and the code that leads to its page. It says the same numbers as the screen does,
 * and no law: what follows from it is for people to decide.
 */
export function noticePaper({ notice, picture, base, url, utcOffset, madeAt }: PaperParts): PDFKit.PDFDocument {
  const at = (time: string | number) => cityTimeZh(typeof time === 'string' ? Date.parse(time) : time, utcOffset);
  const paper = sheet({ Title: `渣土运输违规告知单 ${notice.number}`, CreationDate: new Date(madeAt) });

  head(paper, notice, url);
  rows(paper, [
    ['被告知人', notice.recipient.name],
    ['事项', `${notice.rule?.name.zh ?? notice.kind}（${SEVERITY_WORDS[notice.severity].zh}）`],
    ['车牌', notice.truck.plate ?? '—'],
    ['运输企业', notice.company?.name ?? '—'],
    ['地点', notice.place?.name ?? '—'],
    ['发生时间', at(notice.began)],
    ...volumeRows(notice),
    ['答复期限', notice.deadline === null ? (notice.deadlineProblem?.split(' / ')[0] ?? '—') : at(notice.deadline)],
    ...putRightRow(notice, at),
  ]);
  section(paper, '情况');
  paper.font('regular').fontSize(11).fillColor(INK).text(notice.summary.zh, { width: WIDTH, lineGap: 3 });
  if (notice.rule) paper.moveDown(0.4).fontSize(10).fillColor(SOFT).text(`规则：${notice.rule.description.zh}`, { width: WIDTH, lineGap: 3 });
  rows(paper, factRows(notice, at));
  map(paper, notice, base);
  if (picture) photo(paper, picture);
  foot(paper, at(madeAt));
  return paper;
}

function head(paper: PDFKit.PDFDocument, notice: NoticeDetail, url: string): void {
  const width = WIDTH - QR_SIDE - 16;
  code(paper, url, { x: MARGIN + WIDTH - QR_SIDE, y: MARGIN, side: QR_SIDE });
  paper.font('bold').fontSize(22).fillColor(INK).text('渣土运输违规告知单', MARGIN, MARGIN, { width });
  paper.moveDown(0.3).font('regular').fontSize(12).fillColor(SOFT).text(`编号 ${notice.number}`, { width });
  paper.moveDown(0.2).fontSize(9).text(`扫码查看、答复：${url}`, { width });
  paper.y = Math.max(paper.y, MARGIN + QR_SIDE) + 14;
}

function volumeRows({ permit }: NoticeDetail): [string, string][] {
  if (!permit) return [];
  const estimated = permit.estimatedHauls > 0 ? `，其中 ${permit.estimatedHauls} 趟按全市车辆箱容中位数估计` : '';
  return [
    ['处置核准', permit.id],
    ['已运 / 核准', `${Math.round(permit.hauledM3)} / ${Math.round(permit.volumeM3)} m³（${permit.hauls} 趟${estimated}）`],
  ];
}

function putRightRow({ putRight }: NoticeDetail, at: (time: string) => string): [string, string][] {
  return putRight ? [['驾驶员已纠正', `${at(putRight.at)}${putRight.afterWord ? '（语音提醒后按时纠正）' : ''}`]] : [];
}

function factRows(notice: NoticeDetail, at: (time: number) => string): [string, string][] {
  return Object.entries(notice.facts)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [measureName(name, measuresZh, notice.kind), measureWords(name, value, measuresZh, { clock: at, rule: notice.kind })]);
}

function map(paper: PDFKit.PDFDocument, notice: NoticeDetail, base: BaseLine[]): void {
  if (!notice.position) return;
  roomFor(paper, MAP_HEIGHT + 60);
  section(paper, '位置与轨迹');
  const y = paper.y;
  drawMap(paper, { x: MARGIN, y, width: WIDTH, height: MAP_HEIGHT }, notice, base);
  const { lat, lon } = notice.position;
  const where = `${lat.toFixed(6)}, ${lon.toFixed(6)}（WGS-84，上方为北）`;
  paper
    .font('regular')
    .fontSize(9)
    .fillColor(SOFT)
    .text(where, MARGIN, y + MAP_HEIGHT + 4);
}

function photo(paper: PDFKit.PDFDocument, picture: Buffer): void {
  roomFor(paper, PICTURE_HEIGHT + 50);
  section(paper, '卡口抓拍');
  const y = paper.y;
  try {
    paper.image(picture, MARGIN, y, { fit: [WIDTH, PICTURE_HEIGHT] });
    paper.y = y + PICTURE_HEIGHT;
  } catch {
    // A camera may have sent half a picture: the notice is good without it.
    paper.font('regular').fontSize(11).fillColor(SOFT).text('图片无法读取', MARGIN, y);
  }
}

function foot(paper: PDFKit.PDFDocument, madeAt: string): void {
  const words = `本单由 MuckWatch 渣土通于 ${madeAt} 生成，内容与系统页面一致。所列为监测线索，请核实后整改或说明。`;
  paper.moveDown(1).font('regular').fontSize(9).fillColor(SOFT).text(words, MARGIN, paper.y, { width: WIDTH });
}
