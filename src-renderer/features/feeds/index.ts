export { ConnectView } from './ConnectView.tsx';
export { FeedTable } from './FeedTable.tsx';
