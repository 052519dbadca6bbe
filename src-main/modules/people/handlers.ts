import type { Anlan, CameraEvent, ColumnsOf, Handlers } from '../../../src-shared/contract/index.ts';
import type { Series, Table } from '../../../src-shared/kernel/index.ts';

export type PeopleHandlers = Handlers<Anlan['people']>;
export type PositionColumns = ColumnsOf<Anlan['people']['positions']>;

export const createPeopleHandlers = (positions: Series<keyof PositionColumns>, cameraEvents: Table<string, CameraEvent>): PeopleHandlers => ({ positions, cameraEvents });
