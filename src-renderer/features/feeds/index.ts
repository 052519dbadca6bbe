export { FeedTable } from './FeedTable.tsx';
