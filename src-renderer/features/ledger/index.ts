export { LedgerPanel } from './LedgerPanel.tsx';
