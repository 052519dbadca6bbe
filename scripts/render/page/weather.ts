import { BackSide, Color, Mesh, ShaderMaterial, SphereGeometry, Vector3 } from 'three';
import type { Random } from './random.ts';

/** The light of a picture: where the sun stands, how much of it there is, what the sky looks like, and whether lamps are lit. */
export type Light = {
  readonly hour: 'day' | 'overcast' | 'dusk' | 'night' | 'infrared';
  readonly sun: Vector3;
  readonly sunColour: string;
  readonly sunStrength: number;
  readonly skyColour: string;
  readonly groundColour: string;
  readonly skyStrength: number;
  readonly zenith: string;
  readonly horizon: string;
  readonly clouds: number;
  readonly lamps: boolean;
  readonly exposure: number;
  /** Share of daylight. */
  readonly daylight: number;
};

const direction = (azimuth: number, elevation: number) => new Vector3(Math.cos(azimuth) * Math.cos(elevation), Math.sin(azimuth) * Math.cos(elevation), Math.sin(elevation));

export const lightOf = (hour: Light['hour'], random: Random): Light => {
  const azimuth = random.between(0, 2 * Math.PI);
  switch (hour) {
    case 'day':
      return { hour, sun: direction(azimuth, random.between(0.5, 1.1)), sunColour: '#fff3df', sunStrength: random.between(2.8, 4), skyColour: '#cfe2f5', groundColour: '#8b8577', skyStrength: random.between(0.9, 1.4), zenith: '#4f86c6', horizon: '#c9d8e4', clouds: random.between(0.2, 0.6), lamps: false, exposure: random.between(1, 1.45), daylight: 1 };
    case 'overcast':
      return { hour, sun: direction(azimuth, 1), sunColour: '#eef1f4', sunStrength: random.between(0.5, 1), skyColour: '#e4e9ee', groundColour: '#8f8d88', skyStrength: random.between(2, 2.7), zenith: '#aab4bd', horizon: '#d3d7da', clouds: 0.95, lamps: false, exposure: random.between(0.95, 1.35), daylight: 0.85 };
    case 'dusk':
      return { hour, sun: direction(azimuth, random.between(0.12, 0.3)), sunColour: '#ffb26b', sunStrength: random.between(1.2, 2.2), skyColour: '#8fa3c4', groundColour: '#6a5c50', skyStrength: random.between(0.6, 1), zenith: '#3b5076', horizon: '#e0a878', clouds: random.between(0.3, 0.7), lamps: true, exposure: random.between(1, 1.5), daylight: 0.45 };
    case 'night':
      return { hour, sun: direction(azimuth, 0.9), sunColour: '#8fa6cc', sunStrength: 0.12, skyColour: '#3a4a66', groundColour: '#2a2622', skyStrength: random.between(0.25, 0.5), zenith: '#05080f', horizon: '#141b28', clouds: 0.3, lamps: true, exposure: random.between(1.2, 2), daylight: 0.12 };
    case 'infrared':
      return { hour, sun: direction(azimuth, 0.9), sunColour: '#ffffff', sunStrength: 0.06, skyColour: '#ffffff', groundColour: '#888888', skyStrength: random.between(0.2, 0.4), zenith: '#060606', horizon: '#1a1a1a', clouds: 0.2, lamps: true, exposure: random.between(1, 1.3), daylight: 0.15 };
  }
};

/** Sky with drawn clouds and a far line of trees and sheds. */
export const createSky = (): { readonly mesh: Mesh<SphereGeometry, ShaderMaterial>; set(light: Light, seed: number): void } => {
  const material = new ShaderMaterial({
    side: BackSide,
    depthWrite: false,
    uniforms: { zenith: { value: new Color() }, horizon: { value: new Color() }, clouds: { value: 0.3 }, bright: { value: 1 }, seed: { value: 0 }, sun: { value: new Vector3(0, 0, 1) }, sunColour: { value: new Color() } },
    vertexShader: 'varying vec3 ray; void main() { ray = position; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }',
    fragmentShader: `
float hash(vec2 p) { p = fract(p * vec2(123.34, 456.21)); p += dot(p, p + 45.32); return fract(p.x * p.y); }
float noise(vec2 p) { vec2 i = floor(p); vec2 f = fract(p); vec2 u = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), u.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), u.x), u.y); }
float fbm(vec2 p) { float sum = 0.0; float weight = 0.5; for (int i = 0; i < 4; i++) { sum += weight * noise(p); p *= 2.03; weight *= 0.5; } return sum; }
varying vec3 ray; uniform vec3 zenith; uniform vec3 horizon; uniform vec3 sun; uniform vec3 sunColour; uniform float clouds; uniform float bright; uniform float seed;
void main() {
  vec3 d = normalize(ray);
  vec3 colour = mix(horizon, zenith, pow(clamp(d.z * 2.2, 0.0, 1.0), 0.7));
  float cover = smoothstep(1.0 - clouds, 1.25 - clouds * 0.6, fbm(d.xy / max(d.z + 0.12, 0.05) * 1.6 + seed) * 1.25);
  colour = mix(colour, mix(horizon, vec3(1.0), 0.45) * (0.6 + 0.4 * bright), cover * 0.75 * bright + cover * 0.1);
  colour += sunColour * pow(max(dot(d, sun), 0.0), 220.0) * bright;
  float skyline = 0.006 + 0.012 * noise(vec2(atan(d.y, d.x) * 26.0 + seed, 1.0)) + 0.012 * step(0.72, noise(vec2(floor(atan(d.y, d.x) * 60.0), seed)));
  if (d.z < skyline) colour = mix(horizon, vec3(0.24, 0.29, 0.25) * bright, 0.55);
  gl_FragColor = vec4(colour, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`,
  });
  const mesh = new Mesh(new SphereGeometry(1_500, 48, 32), material);
  mesh.renderOrder = -10;
  return {
    mesh,
    set(light, seed) {
      const { uniforms } = material;
      uniforms['zenith']!.value.set(light.zenith);
      uniforms['horizon']!.value.set(light.horizon);
      uniforms['clouds']!.value = light.clouds;
      uniforms['bright']!.value = light.daylight;
      uniforms['seed']!.value = seed;
      uniforms['sun']!.value.copy(light.sun);
      uniforms['sunColour']!.value.set(light.sunColour);
    },
  };
};
