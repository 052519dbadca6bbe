import type { AlarmRow } from '../../src-shared/contract/alarms.ts';
import type { Emergency } from '../../src-shared/contract/emergency.ts';
import type { CameraEvent } from '../../src-shared/contract/people.ts';
import type { RiskField, ZoneRisk } from '../../src-shared/contract/risk.ts';
import type { Clock, Disposable, Language } from '../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../src-shared/plant/index.ts';

/**
 * What the twin and the plan view are given: both show the same things and differ in projection only. They know neither
 * the link nor any feature; whatever changes comes in as a `Source`, read in the frame loop and never through React state.
 */
export type TwinProps = {
  readonly plant: PlantModel;
  readonly sources: TwinSources;
  readonly layers: TwinLayers;
  readonly selection: Selection | null;
  /** Reach of blasts around a place, as bands between the bounds of congestion; drawn with the hazard layer. */
  readonly rings?: readonly BlastRing[];
  /** Where rescuers wait while nothing has happened, best first; drawn with the routes layer. */
  readonly posts?: readonly RescuePost[];
  /** Null when the ground or the background was picked. */
  readonly onSelect: (selection: Selection | null) => void;
  readonly theme: ThemeName;
  readonly language: Language;
  /** Id of one of the plant model's views, or `overview`; a change flies there. */
  readonly view: string;
  /** Age of positions and values, stale marks and the pace of animations. */
  readonly clock: Clock;
  /** `none`: no camera flight, no moving chevrons, no flashing, one device pixel per pixel, no antialiasing. For tests and remote desktops. */
  readonly motion?: 'full' | 'none';
  /** Whether compass, wind and scale bar are drawn; true when left out. */
  readonly instruments?: boolean;
  /** Whether the legend is drawn; as `instruments` when left out. */
  readonly legend?: boolean;
  readonly onReady?: (handle: TwinHandle) => void;
};

/** An overpressure's reach: nobody knows nearer than from `reachM[0]` to `reachM[1]`. */
export type BlastRing = { readonly centre: readonly [number, number]; readonly kilopascal: number; readonly reachM: readonly [number, number] };

/** A place of the walkways, plant metres. */
export type RescuePost = { readonly node: string; readonly position: readonly [number, number] };

/** Something that is read when it is drawn; the stores of the link have this shape. */
export type Source<T> = { get(): T; subscribe(listener: () => void): Disposable };

/** m/s, and where it blows from, degrees clockwise from true north. */
export type TwinWind = { readonly speed: number; readonly fromDegrees: number };

export type TwinSources = {
  readonly values: Source<LiveValues>;
  /** The wind on which risk and emergency act; null while nobody knows. */
  readonly wind: Source<TwinWind | null>;
  readonly people: Source<PeoplePositions>;
  readonly zoneRisks: Source<readonly ZoneRisk[]>;
  readonly riskField: Source<RiskField | null>;
  /** Those not stood down. */
  readonly emergencies: Source<readonly Emergency[]>;
  /** The active alarm list; grouped by equipment here. */
  readonly alarms: Source<readonly AlarmRow[]>;
  readonly cameraEvents: Source<readonly CameraEvent[]>;
};

/** Newest value of every tag; index = the tag's index in `plant.tags` (shorter arrays: nothing yet). They may be written in place between announcements. */
export type LiveValues = { readonly value: Float64Array; /** Source time, UTC ms; NaN where nothing has come yet. */ readonly at: Float64Array; /** Kernel `Quality`. */ readonly quality: ArrayLike<number> };

/** Newest position of everybody, plant metres; index = the person's index in `plant.people`; NaN or missing where unknown. */
export type PeoplePositions = { readonly x: Float64Array; readonly y: Float64Array; readonly z: Float64Array; /** Source time, UTC ms. */ readonly at: Float64Array; /** Radius of uncertainty, m; NaN where it is not told. */ readonly accuracy: Float64Array };

/** Where nothing threatens to explode. */
export const NO_RINGS: readonly BlastRing[] = [];
export const NO_POSTS: readonly RescuePost[] = [];

export type TwinLayers = {
  /** Four-colour zones: hatch, edge and grade word. */
  readonly zones: boolean;
  /** Individual risk per year. */
  readonly riskField: boolean;
  /** Plume contours. */
  readonly hazard: boolean;
  readonly routes: boolean;
  readonly people: boolean;
  readonly alarms: boolean;
  /** Names of units, equipment and muster points. */
  readonly labels: boolean;
  /** Values beside selected and alarmed equipment. */
  readonly values: boolean;
};

export const ALL_LAYERS: TwinLayers = { zones: true, riskField: true, hazard: true, routes: true, people: true, alarms: true, labels: true, values: true };

export type Selection = { readonly kind: 'equipment' | 'tag' | 'person' | 'detector' | 'camera' | 'zone' | 'muster'; readonly id: string };

export type ThemeName = 'night' | 'dusk' | 'day';

/** Given once by `onReady`, again after a lost WebGL context has been made anew. */
export type TwinHandle = {
  /** Flies to a view of the plant model, or `overview`, also when it is the current one. */
  goTo(view: string): void;
  /** Brings something into the middle of the view. */
  focus(selection: Selection): void;
  /** Pixel of a plant point in the component's box, and whether it is in front of the camera. */
  project(x: number, y: number, z: number): { readonly x: number; readonly y: number; readonly visible: boolean };
  /** Figures of the last frame, for tests and the diagnostics page. */
  figures(): TwinFigures;
};
export type TwinFigures = { /** Frames drawn since the start. */ readonly frames: number; readonly drawCalls: number; readonly triangles: number; /** How it is drawn. */ readonly backend: 'webgl' | 'canvas' };
