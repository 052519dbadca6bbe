import { Color, DataTexture, type IUniform, LinearFilter, MeshStandardMaterial, NearestFilter, RedFormat, RGBAFormat, SRGBColorSpace, UnsignedByteType, Vector4 } from 'three';
import type { PlantData } from './geometry/plantData.ts';
import { SURFACES, type Surface } from './geometry/surfaces.ts';
import type { ThemeName } from './twinProps.ts';

/**
 * One material for the whole plant: the surface number of a vertex picks its colour and roughness from a table of
 * uniforms, its owner number a tint (selection, hover, alarm) from a texture, and sky shade darkens it where it stands close to others.
 */
export type PlantMaterial = {
  readonly material: MeshStandardMaterial;
  setTheme(theme: ThemeName): void;
  setFinishes(finishes: Finishes): void;
  /** Tints of all owners, four bytes (sRGB and amount) an owner by number; owners left out have none. True when something changed. */
  setTints(tints: Iterable<readonly [owner: number, tint: Tint]>): boolean;
  dispose(): void;
};
type Tint = readonly [red: number, green: number, blue: number, amount: number];

/** Colour and roughness. Low chroma everywhere: colour is kept for what is wrong. */
type Finish = readonly [colour: string, roughness: number];
export type Finishes = Readonly<Record<Surface, Finish>>;
const FINISHES: Readonly<Record<ThemeName, Finishes>> = {
  night: {
    plate: ['#2B3034', 0.95], plateEdge: ['#1D2124', 1], paving: ['#373D42', 0.95], road: ['#24282B', 0.95], roadMark: ['#6B747A', 0.9], kerb: ['#4A5157', 0.95], grass: ['#2E3933', 1], water: ['#22303A', 0.35], concrete: ['#4B5258', 0.95], bund: ['#5C646A', 0.95],
    steel: ['#717B83', 0.6], steelLight: ['#98A1A8', 0.55], steelDark: ['#515A61', 0.7], machine: ['#7F8A92', 0.55], machineDark: ['#555E65', 0.6], rail: ['#7A848B', 0.7], grating: ['#454D53', 0.8], pipe: ['#8E979E', 0.55],
    wall: ['#7A8287', 0.9], wallTrim: ['#646C72', 0.9], roof: ['#565D63', 0.95], window: ['#333B42', 0.25], door: ['#40484F', 0.7], tree: ['#3F5046', 1], trunk: ['#413E39', 1], sign: ['#1F7F4C', 0.8], signFace: ['#C9D3CD', 0.8], lens: ['#14181B', 0.2],
    bandGas: ['#A08F60', 0.7], bandLiquid: ['#94745F', 0.7], bandWater: ['#5F8577', 0.7], bandSteam: ['#946A68', 0.7],
  },
  dusk: {
    plate: ['#444C53', 0.95], plateEdge: ['#30373D', 1], paving: ['#4F585F', 0.95], road: ['#394046', 0.95], roadMark: ['#79838B', 0.9], kerb: ['#5F6870', 0.95], grass: ['#43524A', 1], water: ['#35454F', 0.35], concrete: ['#636C74', 0.95], bund: ['#707980', 0.95],
    steel: ['#87919A', 0.6], steelLight: ['#A3ADB5', 0.55], steelDark: ['#636D75', 0.7], machine: ['#8F9AA3', 0.55], machineDark: ['#667079', 0.6], rail: ['#8A949C', 0.7], grating: ['#565F67', 0.8], pipe: ['#9DA7AF', 0.55],
    wall: ['#868F96', 0.9], wallTrim: ['#737C83', 0.9], roof: ['#666F76', 0.95], window: ['#3A444C', 0.25], door: ['#525C64', 0.7], tree: ['#536458', 1], trunk: ['#544F48', 1], sign: ['#268F57', 0.8], signFace: ['#DDE5E0', 0.8], lens: ['#20262B', 0.2],
    bandGas: ['#B3A37A', 0.7], bandLiquid: ['#A38A7A', 0.7], bandWater: ['#76988B', 0.7], bandSteam: ['#A68180', 0.7],
  },
  day: {
    plate: ['#B9BFC3', 0.95], plateEdge: ['#9BA2A7', 1], paving: ['#C6CBCE', 0.95], road: ['#9CA3A8', 0.95], roadMark: ['#DDE1E3', 0.9], kerb: ['#CFD4D7', 0.95], grass: ['#A3B0A4', 1], water: ['#9FB2BD', 0.35], concrete: ['#C9CDD0', 0.95], bund: ['#BFC4C8', 0.95],
    steel: ['#B4BABF', 0.6], steelLight: ['#DDE1E3', 0.55], steelDark: ['#868E95', 0.7], machine: ['#A3ABB1', 0.55], machineDark: ['#7F888F', 0.6], rail: ['#979FA5', 0.7], grating: ['#8D959B', 0.8], pipe: ['#C5CACE', 0.55],
    wall: ['#D4D7D8', 0.9], wallTrim: ['#BCC1C4', 0.9], roof: ['#B0B6BA', 0.95], window: ['#77838C', 0.25], door: ['#8A939A', 0.7], tree: ['#8A9C8C', 1], trunk: ['#8F867B', 1], sign: ['#1E8A52', 0.8], signFace: ['#F4F7F5', 0.8], lens: ['#3A4248', 0.2],
    bandGas: ['#B5A06A', 0.7], bandLiquid: ['#A88672', 0.7], bandWater: ['#7FA596', 0.7], bandSteam: ['#B58583', 0.7],
  },
};

/** Width of the tint texture; owner n stands at (n mod width, ⌊n / width⌋). */
const TINT_WIDTH = 64;

export const createPlantMaterial = ({ owners, shade }: Pick<PlantData, 'owners' | 'shade'>): PlantMaterial => {
  const groundShade = new DataTexture(shade.bytes as Uint8Array<ArrayBuffer>, shade.nx, shade.ny, RedFormat, UnsignedByteType);
  groundShade.minFilter = LinearFilter;
  groundShade.magFilter = LinearFilter;
  groundShade.unpackAlignment = 1;
  groundShade.needsUpdate = true;
  /** x0, y0, width, depth of the shade texture, metres. */
  const shadeArea = new Vector4(shade.x0, shade.y0, shade.nx, shade.ny);
  const rows = Math.ceil(owners.length / TINT_WIDTH);
  const tintBytes = new Uint8Array(TINT_WIDTH * rows * 4);
  const tints = new DataTexture(tintBytes, TINT_WIDTH, rows, RGBAFormat, UnsignedByteType);
  tints.colorSpace = SRGBColorSpace;
  tints.minFilter = NearestFilter;
  tints.magFilter = NearestFilter;
  tints.needsUpdate = true;
  const finishes: IUniform<Vector4[]> = { value: SURFACES.map(() => new Vector4(0.5, 0.5, 0.5, 0.8)) };
  const material = new MeshStandardMaterial({ metalness: 0.08 });
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, { finishes, tints: { value: tints }, groundShade: { value: groundShade }, shadeArea: { value: shadeArea } });
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>
attribute vec2 part;
attribute float sky;
uniform vec4 finishes[${SURFACES.length}];
uniform sampler2D tints;
varying vec4 vFinish;
varying vec4 vTint;
varying float vSky;
varying vec3 vPlace;`)
      .replace('#include <begin_vertex>', `#include <begin_vertex>
vFinish = finishes[int(part.x + 0.5)];
int owner = int(part.y + 0.5);
vTint = texelFetch(tints, ivec2(owner % ${TINT_WIDTH}, owner / ${TINT_WIDTH}), 0);
vSky = sky;
vPlace = position;`);
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>
uniform sampler2D groundShade;
uniform vec4 shadeArea;
varying vec4 vFinish;
varying vec4 vTint;
varying float vSky;
varying vec3 vPlace;`)
      .replace('#include <color_fragment>', 'diffuseColor.rgb = mix(vFinish.rgb, vTint.rgb, vTint.a);')
      .replace('#include <roughnessmap_fragment>', 'float roughnessFactor = vFinish.a;')
      .replace('#include <aomap_fragment>', `float skyHere = vSky;
if (vPlace.z < 0.22) skyHere = texture2D(groundShade, (vPlace.xy - shadeArea.xy) / shadeArea.zw).r;
float shade = mix(0.28, 1.0, skyHere * skyHere);
reflectedLight.indirectDiffuse *= shade;
reflectedLight.indirectSpecular *= shade;
reflectedLight.directDiffuse *= mix(0.75, 1.0, skyHere);`);
  };
  const setFinishes = (table: Finishes) => {
    SURFACES.forEach((surface, i) => {
      const [colour, roughness] = table[surface];
      const linear = new Color(colour);
      finishes.value[i]!.set(linear.r, linear.g, linear.b, roughness);
    });
  };
  return {
    material,
    setTheme: (theme) => setFinishes(FINISHES[theme]),
    setFinishes,
    setTints(wanted) {
      const next = new Uint8Array(tintBytes.length);
      for (const [owner, tint] of wanted) next.set(tint, owner * 4);
      if (next.every((byte, i) => byte === tintBytes[i])) return false;
      tintBytes.set(next);
      tints.needsUpdate = true;
      return true;
    },
    dispose() {
      material.dispose();
      groundShade.dispose();
      tints.dispose();
    },
  };
};

/** Light of a theme: an overcast sky and one soft sun. */
export const LIGHTS: Readonly<Record<ThemeName, { readonly sky: string; readonly ground: string; readonly ambient: number; readonly sun: string; readonly sunIntensity: number }>> = {
  night: { sky: '#DCE4EA', ground: '#4A4F53', ambient: 1.55, sun: '#F4F6F7', sunIntensity: 2.5 },
  dusk: { sky: '#D5DEE6', ground: '#575E63', ambient: 1.7, sun: '#FFF4E6', sunIntensity: 2.3 },
  day: { sky: '#FFFFFF', ground: '#9BA0A3', ambient: 1.75, sun: '#FFF9F0', sunIntensity: 2.0 },
};
