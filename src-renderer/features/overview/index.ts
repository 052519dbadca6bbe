export { KpiStrip } from './KpiStrip.tsx';
export { TimeStrip } from './TimeStrip.tsx';
