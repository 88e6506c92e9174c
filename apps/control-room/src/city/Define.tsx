import { InfoCircleOutlined } from '@ant-design/icons';
import type { Definition } from '@muckwatch/contract';
import { Tooltip } from 'antd';
import { useLanguage, useWords } from '../i18n/index.js';
import { COLOUR } from '../theme/tokens.js';

/** A figure's definition, over its sign: by pointer, by keyboard and by finger. */
export function Define({ of, n, d }: { of: Definition; n?: string; d?: string }) {
  const t = useWords();
  const { name, definition, numerator, denominator } = of[useLanguage((s) => s.language)];
  const words = (
    <span className="city-define">
      <span>
        {definition}
        {of.ours && <em> · {t.cityPage.ours}</em>}
      </span>
      <span>
        {t.labelled(t.cityPage.numerator, numerator)} {n !== undefined && <b>{n}</b>}
      </span>
      <span>
        {t.labelled(t.cityPage.denominator, denominator)} {d !== undefined && <b>{d}</b>}
      </span>
    </span>
  );
  return (
    <Tooltip title={words} color={COLOUR.raised} trigger={['hover', 'focus', 'click']} styles={{ root: { maxWidth: 380 } }}>
      <button className="plain city-define-sign" aria-label={t.cityPage.define(name)}>
        <InfoCircleOutlined aria-hidden />
      </button>
    </Tooltip>
  );
}
