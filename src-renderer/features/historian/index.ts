export { TagTrend } from './TagTrend.tsx';
