export { countSeen } from './model.ts';
export { PeopleByZone } from './PeopleByZone.tsx';
export { PersonDetail } from './PersonDetail.tsx';
