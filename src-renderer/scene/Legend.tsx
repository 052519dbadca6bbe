import type { ReactNode } from 'react';
import type { Emergency } from '../../src-shared/contract/emergency.ts';
import type { RiskField } from '../../src-shared/contract/risk.ts';
import type { Language, Text } from '../../src-shared/kernel/index.ts';
import { RiskGrade } from '../../src-shared/plant/index.ts';
import { levelNote } from '../map/annotations.ts';
import { isCloud } from '../map/contours.ts';
import { BLOCKED_COLOUR, css, GRADE_COLOURS, GRADE_WORDS, HAZARD_COLOURS, inferno, powerOfTen, RESCUE_COLOUR, RISK_CRITERIA, riskPlace, ROUTE_COLOUR, type Theme } from '../map/palette.ts';
import type { TwinLayers } from './twinProps.ts';

/** What the colours mean, with units and uncertainty; only of what is drawn now. */
export type LegendProps = { readonly layers: TwinLayers; readonly emergencies: readonly Emergency[]; readonly riskField: RiskField | null; readonly theme: Theme; readonly language: Language };

const WORDS = {
  risk: { zh: '个人风险', en: 'Individual risk' },
  perYear: { zh: '每年', en: 'per year' },
  criteria: { zh: '基准线 GB 36894', en: 'criteria GB 36894' },
  abnormal: { zh: '着色：高于常态 1.2 倍，或 ≥10⁻⁴；常态仅浅灰', en: 'coloured: 1.2 times its usual and more, or ≥ 10⁻⁴; as usual faint grey' },
  zones: { zh: '四色分区', en: 'Zone grade' },
  cloud: { zh: '危险范围', en: 'Danger contours' },
  upper: { zh: '虚线：不确定上限', en: 'dashed: upper uncertainty' },
  route: { zh: '疏散路线', en: 'way out' },
  blocked: { zh: '封闭', en: 'closed' },
  rescue: { zh: '救援进入', en: 'rescue' },
  person: { zh: '人员', en: 'person' },
  inside: { zh: '在危险范围内', en: 'inside the cloud' },
  missing: { zh: '未清点到', en: 'unaccounted' },
  gas: { zh: '泄漏速率', en: 'release rate' },
  fire: { zh: '燃烧速率', en: 'burning rate' },
} as const satisfies Record<string, Text>;

export const Legend = ({ layers, emergencies, riskField, theme, language }: LegendProps) => {
  const clouds = layers.hazard ? emergencies.flatMap(({ id, kind, title, plume }) => (plume === null || plume.contours.length === 0 ? [] : [{ id, kind, title, plume }])) : [];
  const hasRoutes = layers.routes && emergencies.some(({ routes, closedEdges }) => routes.length > 0 || closedEdges.length > 0);
  if (clouds.length === 0 && !hasRoutes && !layers.people && !layers.zones && !(layers.riskField && riskField !== null)) return null;
  const word = (key: keyof typeof WORDS) => WORDS[key][language];
  return (
    <div data-twin="legend" style={{ position: 'absolute', left: 16, bottom: 16, display: 'flex', flexDirection: 'column', gap: 10, padding: '10px 12px', borderRadius: 2, background: css(theme.panel, 0.86), color: css(theme.text), fontSize: '0.85em', lineHeight: 1.4, pointerEvents: 'none', fontVariantNumeric: 'tabular-nums' }}>
      {clouds.map(({ id, kind, title, plume }) => (
        <Section key={id} title={clouds.length > 1 ? title[language] : word('cloud')} theme={theme}>
          {plume.contours.toSorted((a, b) => b.severity - a.severity).map(({ name, level, unit, severity }) => (
            <Row key={name} theme={theme} mark={<Swatch fill={isCloud({ unit }) ? css(HAZARD_COLOURS[severity], 0.4) : 'none'} stroke={css(HAZARD_COLOURS[severity])} />} text={name} {...levelNote({ name, level, unit })} />
          ))}
          <div style={{ color: css(theme.dim) }}>
            {word(kind)} <span style={{ color: css(theme.text) }}>{Number(plume.rateKgS.p50.toPrecision(2))}</span> ({Number(plume.rateKgS.p10.toPrecision(2))}–{Number(plume.rateKgS.p90.toPrecision(2))}) kg/s · {plume.model}
          </div>
          {plume.outer.length > 0 && <div style={{ color: css(theme.dim) }}>{word('upper')}</div>}
        </Section>
      ))}
      {hasRoutes && (
        <div style={{ display: 'flex', gap: 14 }}>
          <Row theme={theme} mark={<Chevrons />} text={word('route')} />
          <Row theme={theme} mark={<Cross />} text={word('blocked')} />
          {emergencies.some(({ rescue }) => (rescue?.length ?? 0) > 0) && <Row theme={theme} mark={<RescueWay />} text={word('rescue')} />}
        </div>
      )}
      {layers.people && (
        <div style={{ display: 'flex', gap: 14 }}>
          <Row theme={theme} mark={<Dot fill={css(theme.person)} stroke={css(theme.personEdge)} />} text={word('person')} />
          {emergencies.length > 0 && <Row theme={theme} mark={<Dot fill={css(theme.person)} stroke={css(theme.alarm[1])} wide />} text={word('inside')} />}
          {emergencies.length > 0 && <Row theme={theme} mark={<Dot fill="none" stroke={css(theme.text)} wide />} text={word('missing')} />}
        </div>
      )}
      {layers.zones && (
        <Section title={word('zones')} theme={theme}>
          <div style={{ display: 'flex', gap: 12 }}>
            {RiskGrade.options.map((grade) => (
              <Row key={grade} theme={theme} mark={<Hatch colour={css(GRADE_COLOURS[grade])} id={grade} />} text={GRADE_WORDS[grade][language]} />
            ))}
          </div>
        </Section>
      )}
      {layers.riskField && riskField !== null && clouds.length === 0 && (
        <Section title={`${word('risk')} · ${word('perYear')}`} theme={theme}>
          <Ramp theme={theme} />
          <div style={{ color: css(theme.dim) }}>
            {word('criteria')}: {RISK_CRITERIA.map(powerOfTen).join(' · ')}
          </div>
          <div style={{ color: css(theme.dim) }}>{word('abnormal')}</div>
        </Section>
      )}
    </div>
  );
};

const Section = ({ title, theme, children }: { title: string; theme: Theme; children: ReactNode }) => (
  <div>
    <div style={{ color: css(theme.dim), marginBottom: 3 }}>{title}</div>
    {children}
  </div>
);

const Row = ({ mark, text, note, theme }: { mark: ReactNode; text: string; note?: string; theme: Theme }) => (
  <div style={{ display: 'flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' }}>
    {mark}
    <span>{text}</span>
    {note !== undefined && <span style={{ color: css(theme.dim), marginLeft: 'auto', paddingLeft: 12 }}>{note}</span>}
  </div>
);

const Swatch = ({ fill, stroke }: { fill: string; stroke: string }) => (
  <svg viewBox="0 0 16 12" style={{ width: '1.35em', height: '1em' }} aria-hidden="true">
    <rect x="1" y="1" width="14" height="10" fill={fill} stroke={stroke} strokeWidth="1.6" />
  </svg>
);

const Hatch = ({ colour, id }: { colour: string; id: string }) => (
  <svg viewBox="0 0 16 12" style={{ width: '1.35em', height: '1em' }} aria-hidden="true">
    <defs>
      <pattern id={`twin-hatch-${id}`} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 2 H4" stroke={colour} strokeWidth="1.2" transform="rotate(90 2 2)" />
      </pattern>
    </defs>
    <rect x="1" y="1" width="14" height="10" fill={`url(#twin-hatch-${id})`} stroke={colour} strokeWidth="1.6" />
  </svg>
);

const Dot = ({ fill, stroke, wide = false }: { fill: string; stroke: string; wide?: boolean }) => (
  <svg viewBox="0 0 14 14" style={{ width: '1.2em', height: '1.2em' }} aria-hidden="true">
    <circle cx="7" cy="7" r={wide ? 4.8 : 4} fill={fill} stroke={stroke} strokeWidth={wide ? 2.2 : 1} />
  </svg>
);

const Chevrons = () => (
  <svg viewBox="0 0 22 12" style={{ width: '1.85em', height: '1em' }} aria-hidden="true">
    <path d="M0 6 H22" stroke={css(ROUTE_COLOUR, 0.55)} strokeWidth="4" />
    <path d="M4 2 L8 6 L4 10 M13 2 L17 6 L13 10" fill="none" stroke={css(ROUTE_COLOUR)} strokeWidth="2" />
  </svg>
);

const RescueWay = () => (
  <svg viewBox="0 0 22 12" style={{ width: '1.85em', height: '1em' }} aria-hidden="true">
    <path d="M0 6 H22" stroke={css(RESCUE_COLOUR)} strokeWidth="3" strokeDasharray="6 3" />
  </svg>
);

const Cross = () => (
  <svg viewBox="0 0 22 12" style={{ width: '1.85em', height: '1em' }} aria-hidden="true">
    <path d="M0 6 H22" stroke={css(BLOCKED_COLOUR)} strokeWidth="1.6" strokeDasharray="3 2" />
    <path d="M7 2 L15 10 M15 2 L7 10" stroke={css(BLOCKED_COLOUR)} strokeWidth="2" />
  </svg>
);

/** The ramp with its decades and the criteria as ticks. */
const Ramp = ({ theme }: { theme: Theme }) => {
  const [wide, steps] = [210, 42];
  return (
    <svg viewBox={`0 0 ${wide} 30`} style={{ display: 'block', overflow: 'visible', width: '17.6em' }} role="img" aria-label="10⁻⁸–10⁻³">
      {Array.from({ length: steps }, (_, i) => (
        <rect key={i} x={(i / steps) * wide} y="2" width={wide / steps + 0.5} height="9" fill={css(inferno(0.12 + (0.88 * (i + 0.5)) / steps))} opacity={riskPlace(RISK_CRITERIA[0]!) > (i + 0.5) / steps ? 0 : 1} />
      ))}
      {RISK_CRITERIA.map((level) => (
        <path key={level} d={`M${riskPlace(level) * wide} 0 V13`} stroke={css(theme.text)} strokeWidth="1.5" />
      ))}
      {[-8, -7, -6, -5, -4, -3].map((exponent, i) => (
        <text key={exponent} x={(i / 5) * wide} y="25" fontSize="11" fill={css(theme.dim)} textAnchor={i === 0 ? 'start' : i === 5 ? 'end' : 'middle'}>
          {powerOfTen(10 ** exponent)}
        </text>
      ))}
    </svg>
  );
};
