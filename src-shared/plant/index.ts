export * from './alarmChecks.ts';
export * from './alarmPolicy.ts';
export * from './cameraSource.ts';
export * from './glob.ts';
export * from './plantModel.ts';
export * from './plantState.ts';
export * from './siteFile.ts';
export * from './records.ts';
