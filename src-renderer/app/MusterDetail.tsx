import { useTranslation } from 'react-i18next';
import { usePlant, useTable } from '../link/index.ts';

/** A muster point: what it holds and, in an emergency, who is there and who is missing. */
export const MusterDetail = ({ muster: id }: { readonly muster: string }) => {
  const { t } = useTranslation();
  const plant = usePlant();
  const muster = plant.muster(id);
  const counts = useTable('emergency.emergencies')
    .filter(({ state }) => state !== 'stood-down')
    .flatMap((emergency) => emergency.muster.filter((each) => each.muster === id));
  if (muster === undefined) return <p className="empty">{t('detail.gone', { id })}</p>;
  return (
    <dl className="facts">
      <dt>{t('detail.capacity')}</dt>
      <dd>{muster.capacity}</dd>
      {counts.map((count) => (
        <MusterNow key={count.muster} arrived={count.arrived} expected={count.expected} missing={count.missing.map((person) => plant.person(person)?.name ?? person)} />
      ))}
    </dl>
  );
};

const MusterNow = ({ arrived, expected, missing }: { readonly arrived: number; readonly expected: number; readonly missing: readonly string[] }) => {
  const { t } = useTranslation();
  return (
    <>
      <dt>{t('emergency.arrived')}</dt>
      <dd>
        {arrived}/{expected}
      </dd>
      {missing.length > 0 && (
        <>
          <dt>{t('emergency.missing')}</dt>
          <dd>{missing.join('、')}</dd>
        </>
      )}
    </>
  );
};
