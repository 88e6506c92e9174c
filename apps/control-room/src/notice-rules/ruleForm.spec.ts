import { zh } from '../i18n/zh.js';
import { bodyOf, formOf, sentencesOf, wrongsIn } from './ruleForm.js';

const RULE = {
  id: 'r1',
  name: '工地',
  role: 'site-manager' as const,
  kinds: ['spill' as const],
  leastSeverity: 'serious' as const,
  withinMinutesOfLeaving: 15,
  answerWithinWorkingHours: 4,
  escalateToRole: 'supervisor' as const,
  enabled: true,
};

it('comes back from the form as it went in', () => {
  const { id, ...rest } = RULE;
  expect(id).toBe('r1');
  expect(bodyOf(formOf(RULE))).toEqual(rest);
  expect(bodyOf(formOf({ ...RULE, kinds: null, withinMinutesOfLeaving: null, answerWithinWorkingHours: null })).kinds).toBeNull();
});

it('names what is wrong with it', () => {
  expect(wrongsIn({ ...formOf(null), name: ' ', minutes: '0', hours: 'x' })).toEqual({ name: true, minutes: true, hours: true });
  expect(wrongsIn({ ...formOf(null), name: '主管', minutes: '', hours: '0.5' })).toEqual({});
});

it('says who is told of what', () => {
  expect(sentencesOf(RULE, (kind) => zh.rule[kind as 'spill'], zh)).toEqual([
    '工地负责人：抛洒滴漏，违规及以上',
    '离开工地 15 分钟内',
    '4 个工作小时内答复',
    '未知悉则升级给主管',
  ]);
  expect(sentencesOf({ ...RULE, kinds: null, escalateToRole: null }, String, zh)[0]).toContain('全部规则');
});
