export { CameraDetail } from './CameraDetail.tsx';
export { CameraNow } from './CameraNow.tsx';
export { CamerasTowards } from './CamerasTowards.tsx';
export { CamerasOfZone, CameraWall } from './CameraWall.tsx';
export { EvidencePicture } from './EvidencePicture.tsx';
