import { type NoticeRule, type Role, type RuleCode, type Severity } from '@muckwatch/contract';
import { Button, Input, Modal, Popconfirm, Select, Switch } from 'antd';
import { useState } from 'react';
import { del, itemsOf, post, put } from '../app/api.js';
import { Lacking } from '../app/Parts.js';
import { useRead } from '../app/useRead.js';
import { useSend } from '../app/useSend.js';
import { useKept } from '../app/useKept.js';
import { useMay } from '../auth/may.js';
import { useWords } from '../i18n/index.js';
import { Field } from '../permits/Field.js';
import { kindWords } from '../review/Answers.js';
import { SEVERITIES_WORST_FIRST, SEVERITY_SHAPE } from '../theme/tokens.js';
import { bodyOf, formOf, type RuleForm, sentencesOf, wrongsIn } from './ruleForm.js';

/** Who is told of what at which severity, until when they have to answer, and who is told when they do not. */
export default function NoticeRules() {
  const t = useWords();
  const r = t.review.rules;
  const mayChange = useMay('set-for-all');
  const read = useRead<unknown>('/notice-rules');
  // What was just saved is shown without a reading of the whole list: no row jumps.
  const [saved, setSaved] = useState<ReadonlyMap<string, NoticeRule | null>>(new Map());
  const [open, setOpen] = useKept<{ rule: NoticeRule | null } | null>('notice rule open', null);
  const listed = read.state === 'read' ? itemsOf<NoticeRule>(read.answer) : [];
  const made = [...saved.values()].filter((one): one is NoticeRule => one !== null && !listed.some(({ id }) => id === one.id));
  const rules = [...listed.map((rule) => (saved.has(rule.id) ? saved.get(rule.id)! : rule)).filter((rule) => rule !== null), ...made];
  const hear = (id: string, rule: NoticeRule | null) => setSaved((before) => new Map(before).set(id, rule));

  return (
    <div className="sheet" data-testid="notice-rules">
      <header className="sheet-head">
        <p>
          {r.what} {r.escalateTimes} {!mayChange && t.may.notOffered.rules}
        </p>
        {mayChange && (
          <Button type="primary" onClick={() => setOpen({ rule: null })} data-testid="new-rule">
            {r.add}
          </Button>
        )}
      </header>
      <Lacking
        read={{ ...read, words: read.state === 'failed' ? read.words : null }}
        empty={rules.length === 0 ? { title: r.none, why: r.noneWhy } : null}
        failed={r.failed}
        what={t.review.parts.rules}
      />
      {rules.length > 0 && (
        <table className="rows">
          <tbody>
            {rules.map((rule) => (
              <Row key={rule.id} rule={rule} mayChange={mayChange} onChange={(changed) => hear(rule.id, changed)} onEdit={() => setOpen({ rule })} />
            ))}
          </tbody>
        </table>
      )}
      {open && (
        <RuleDialog
          rule={open.rule}
          onClose={() => setOpen(null)}
          onSaved={(rule) => {
            hear(rule.id, rule);
            setOpen(null);
          }}
        />
      )}
    </div>
  );
}

interface RowProps {
  rule: NoticeRule;
  mayChange: boolean;
  onChange: (rule: NoticeRule | null) => void;
  onEdit: () => void;
}

function Row({ rule, mayChange, onChange, onEdit }: RowProps) {
  const t = useWords();
  const r = t.review.rules;
  const { busy, fault, send } = useSend();
  const toggle = (enabled: boolean) =>
    void send(async () => onChange(await put<NoticeRule>(`/notice-rules/${encodeURIComponent(rule.id)}`, bodyOf({ ...formOf(rule), enabled }))));
  const remove = () =>
    void send(async () => {
      await del(`/notice-rules/${encodeURIComponent(rule.id)}`);
      onChange(null);
    });
  const [first, ...more] = sentencesOf(rule, (kind) => kindWords(kind, t), t);
  return (
    <tr className={rule.enabled ? '' : 'off'} data-testid="notice-rule" data-rule={rule.id}>
      <td>
        <b>{rule.name}</b>
        <small>
          <span className={rule.enabled ? `c-${rule.leastSeverity}` : ''} aria-hidden>
            {SEVERITY_SHAPE[rule.leastSeverity]}
          </span>{' '}
          {first}
        </small>
        {fault && (
          <small className="c-serious" role="alert">
            {fault}
          </small>
        )}
      </td>
      <td>
        <small>{more.join(' · ')}</small>
      </td>
      <td className="acts">
        <Switch
          size="small"
          checked={rule.enabled}
          loading={busy}
          disabled={!mayChange}
          onChange={toggle}
          aria-label={`${rule.name}: ${rule.enabled ? r.on : r.off}`}
          title={rule.enabled ? r.on : r.off}
          data-testid="rule-enabled"
        />
        {mayChange && (
          <>
            <button className="chip" onClick={onEdit} data-testid="edit-rule">
              {r.edit}
            </button>
            <Popconfirm title={r.removeSure(rule.name)} okText={r.remove} cancelText={t.cancel} onConfirm={remove}>
              <button className="chip danger">{r.remove}</button>
            </Popconfirm>
          </>
        )}
      </td>
    </tr>
  );
}

const TOLD_ROLES: Role[] = ['site-manager', 'dispatcher', 'yard-keeper', 'operator', 'supervisor', 'admin'];

function RuleDialog({ rule, onClose, onSaved }: { rule: NoticeRule | null; onClose: () => void; onSaved: (rule: NoticeRule) => void }) {
  const t = useWords();
  const r = t.review.rules;
  const [form, setForm] = useKept<RuleForm>('notice rule', () => formOf(rule));
  const [tried, setTried] = useState(false);
  const { busy, fault, send } = useSend();
  const wrongs = wrongsIn(form);
  const change = (part: Partial<RuleForm>) => setForm((before) => ({ ...before, ...part }));
  const kinds = [...(Object.keys(t.rule) as RuleCode[]), 'volume-90' as const, 'volume-100' as const];
  const roles = TOLD_ROLES.map((role) => ({ value: role, label: t.role[role] }));

  const save = () => {
    setTried(true);
    if (Object.keys(wrongs).length > 0) return;
    const body = bodyOf(form);
    void send(async () =>
      onSaved(rule ? await put<NoticeRule>(`/notice-rules/${encodeURIComponent(rule.id)}`, body) : await post<NoticeRule>('/notice-rules', body)),
    );
  };

  return (
    <Modal
      open
      mask={{ closable: false }}
      title={rule ? r.form(rule.name) : r.formNew}
      onCancel={onClose}
      onOk={save}
      okText={busy ? r.saving : r.save}
      okButtonProps={{ disabled: busy }}
      cancelText={t.cancel}
      width={560}
    >
      <div className="form" data-testid="rule-form">
        <Field label={r.name} id="rule-name" wrong={tried && wrongs.name ? r.wrong.name : null}>
          <Input id="rule-name" autoFocus maxLength={80} value={form.name} onChange={(event) => change({ name: event.target.value })} />
        </Field>
        <div className="form-pair">
          <Field label={r.role} id="rule-role">
            <Select<Role> id="rule-role" value={form.role} onChange={(role) => change({ role })} options={roles} />
          </Field>
          <Field label={r.severity} id="rule-severity">
            <Select<Severity>
              id="rule-severity"
              value={form.leastSeverity}
              onChange={(leastSeverity) => change({ leastSeverity })}
              options={SEVERITIES_WORST_FIRST.map((one) => ({ value: one, label: `${SEVERITY_SHAPE[one]} ${t.severity[one]}` }))}
            />
          </Field>
        </div>
        <Field label={r.kinds} id="rule-kinds">
          <Select
            id="rule-kinds"
            mode="multiple"
            allowClear
            maxTagCount="responsive"
            placeholder={r.everyKind}
            value={form.kinds}
            onChange={(chosen) => change({ kinds: chosen })}
            showSearch={{ optionFilterProp: 'label' }}
            options={kinds.map((kind) => ({ value: kind, label: kindWords(kind, t) }))}
          />
        </Field>
        <div className="form-pair">
          <Field label={r.deadline} id="rule-hours" hint={r.deadlineHint} wrong={wrongs.hours ? r.wrong.hours : null}>
            <Input id="rule-hours" inputMode="decimal" value={form.hours} onChange={(event) => change({ hours: event.target.value })} />
          </Field>
          <Field label={r.leaving} id="rule-minutes" hint={r.leavingHint} wrong={wrongs.minutes ? r.wrong.minutes : null}>
            <Input id="rule-minutes" inputMode="numeric" value={form.minutes} onChange={(event) => change({ minutes: event.target.value })} />
          </Field>
        </div>
        <Field label={r.escalate} id="rule-escalate" hint={r.escalateTimes}>
          <Select<Role>
            id="rule-escalate"
            allowClear
            placeholder={r.nobody}
            value={form.escalateToRole ?? undefined}
            onChange={(role) => change({ escalateToRole: role ?? null })}
            options={roles}
          />
        </Field>
        <p className="form-fault" role="alert">
          {fault}
        </p>
      </div>
    </Modal>
  );
}
