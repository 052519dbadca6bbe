export { CameraDetail } from './CameraDetail.tsx';
export { CameraNow } from './CameraNow.tsx';
export { countSeen } from './model.ts';
export { PeopleByZone } from './PeopleByZone.tsx';
export { PersonDetail } from './PersonDetail.tsx';
