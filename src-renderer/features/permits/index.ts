export { PermitScreen } from './PermitScreen.tsx';
export { PermitsOf } from './PermitsOf.tsx';
