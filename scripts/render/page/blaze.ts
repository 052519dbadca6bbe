import { CanvasTexture, Color, CustomBlending, DoubleSide, Group, Mesh, OneFactor, OneMinusSrcAlphaFactor, PlaneGeometry, PointLight, ShaderMaterial, Sprite, SpriteMaterial, SRGBColorSpace, Vector3 } from 'three';
import { createRandom, type Random } from './random.ts';

/** A fire with its smoke: flames are upright sheets of drawn noise, smoke is a column of puffs that age, grow and drift. */
export type Blaze = {
  readonly flames: Group;
  readonly smoke: Group;
  readonly light: PointLight;
  /** Moves flames and smoke to a time, s. */
  at(seconds: number): void;
  /** Turns the sheets to the eye. */
  face(eye: Vector3): void;
  dispose(): void;
};
export type BlazeOptions = {
  readonly at: Vector3;
  /** Half width of the burning surface and height of the flames, m; no flames when 0. */
  readonly radius: number;
  readonly height: number;
  /** 0 none, 1 a thick column. */
  readonly smoke: number;
  /** Grey level of the smoke, 0 black to 1 white. */
  readonly grey: number;
  /** Brightness of the flames; 1 when left out. By day a camera exposes for daylight and sees them darker. */
  readonly heat?: number;
  /** Where the wind carries it, m/s. */
  readonly wind: Vector3;
  /** Share of daylight, for the smoke's brightness. */
  readonly daylight: number;
};

const NOISE = `
float hash(vec2 p) { p = fract(p * vec2(123.34, 456.21)); p += dot(p, p + 45.32); return fract(p.x * p.y); }
float noise(vec2 p) { vec2 i = floor(p); vec2 f = fract(p); vec2 u = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), u.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), u.x), u.y); }
float fbm(vec2 p) { float sum = 0.0; float weight = 0.5; for (int i = 0; i < 5; i++) { sum += weight * noise(p); p = p * 2.03 + vec2(17.3, 9.1); weight *= 0.5; } return sum; }
`;

const flameMaterial = (seed: number, heat: number): ShaderMaterial =>
  new ShaderMaterial({
    uniforms: { time: { value: 0 }, seed: { value: seed }, heat: { value: heat }, lean: { value: 0 } },
    vertexShader: 'varying vec2 place; uniform float lean; void main() { place = uv; vec3 p = position; p.x += lean * uv.y * uv.y; gl_Position = projectionMatrix * modelViewMatrix * vec4(p, 1.0); }',
    fragmentShader: `${NOISE}
varying vec2 place; uniform float time; uniform float seed; uniform float heat;
void main() {
  vec2 p = vec2(place.x * 2.0 - 1.0, place.y);
  float rise = time * 1.5 + seed * 7.0;
  p.x += (fbm(vec2(p.x * 1.4 + seed, p.y * 1.7 - rise)) - 0.5) * (0.25 + 1.1 * p.y);
  float tongues = fbm(vec2(p.x * 2.6 + seed * 3.1, p.y * 1.5 - rise * 1.25));
  float detail = fbm(vec2(p.x * 6.5 - seed, p.y * 3.6 - rise * 2.1));
  float wide = mix(0.82, 0.12, pow(p.y, 0.75));
  float core = 1.0 - abs(p.x) / wide;
  float fade = smoothstep(0.0, 0.06, p.y) * (1.0 - p.y);
  float i = clamp(core * 0.95 + (tongues - 0.5) * (1.2 + 1.6 * p.y) + (detail - 0.5) * 0.7 - p.y * 0.5, 0.0, 1.0) * smoothstep(0.0, 0.35, fade * 2.4 + core * 0.2) * step(0.002, fade);
  vec3 colour = vec3(2.6 * pow(i, 0.75), 1.35 * pow(i, 1.7), 0.55 * pow(i, 4.0)) * heat;
  float alpha = smoothstep(0.06, 0.42, i);
  gl_FragColor = vec4(colour * alpha, alpha * 0.75);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    blending: CustomBlending,
    blendSrc: OneFactor,
    blendDst: OneMinusSrcAlphaFactor,
  });

/** Puffs of smoke with a light side, drawn once: billows in grey on transparent. */
const puffs = ((): (() => readonly CanvasTexture[]) => {
  let made: CanvasTexture[] | undefined;
  return () => (made ??= Array.from({ length: 6 }, (_, n) => puff(createRandom(900 + n))));
})();

const puff = (random: Random): CanvasTexture => {
  const size = 96;
  const lattice = Float32Array.from({ length: 64 * 64 }, () => random.between(0, 1));
  const smooth = (t: number) => t * t * (3 - 2 * t);
  const value = (x: number, y: number) => {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [smooth(x - i), smooth(y - j)];
    const at = (a: number, b: number) => lattice[((b & 63) << 6) | (a & 63)]!;
    return (at(i, j) * (1 - u) + at(i + 1, j) * u) * (1 - v) + (at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u) * v;
  };
  const billow = (x: number, y: number) => {
    let [sum, weight, scale] = [0, 0.5, 1];
    for (let octave = 0; octave < 5; octave += 1) {
      sum += weight * (1 - Math.abs(value(x * scale, y * scale) * 2 - 1));
      [weight, scale] = [weight * 0.52, scale * 2.1];
    }
    return sum;
  };
  const height = new Float32Array(size * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const [dx, dy] = [(x / size) * 2 - 1, (y / size) * 2 - 1];
      const round = Math.max(0, 1 - Math.hypot(dx, dy) ** 1.6);
      height[y * size + x] = round * (0.35 + 1.15 * billow((x / size) * 4.2 + 8, (y / size) * 4.2 + 8));
    }
  }
  const element = document.createElement('canvas');
  [element.width, element.height] = [size, size];
  const context = element.getContext('2d')!;
  const image = context.createImageData(size, size);
  for (let y = 1; y < size - 1; y += 1) {
    for (let x = 1; x < size - 1; x += 1) {
      const at = y * size + x;
      const slope = (height[at - 1]! - height[at + 1]!) * 0.5 + (height[at + size]! - height[at - size]!) * 0.9;
      const light = Math.min(1, Math.max(0.25, 0.62 + slope * 1.9));
      image.data.set([light * 255, light * 255, light * 255, 255 * Math.min(1, Math.max(0, (height[at]! - 0.1) * 1.5))], at * 4);
    }
  }
  context.putImageData(image, 0, 0);
  const texture = new CanvasTexture(element);
  texture.colorSpace = SRGBColorSpace;
  return texture;
};

export const createBlaze = (options: BlazeOptions, random: Random): Blaze => {
  const { at, radius, height, wind } = options;
  const flames = new Group();
  const smoke = new Group();
  const sheets: { mesh: Mesh<PlaneGeometry, ShaderMaterial>; pace: number }[] = [];
  const count = radius <= 0 ? 0 : Math.min(16, 5 + Math.round(radius * 1.1));
  for (let n = 0; n < count; n += 1) {
    const away = n === 0 ? 0 : Math.sqrt(random.between(0, 1)) * radius * 0.8;
    const angle = random.between(0, 2 * Math.PI);
    const share = (n === 0 ? 1 : random.between(0.45, 0.95)) * (1 - (0.35 * away) / Math.max(0.1, radius));
    const wide = Math.max(radius * (n === 0 ? 1.9 : 1.15), height * 0.35);
    const geometry = new PlaneGeometry(wide, height * share, 1, 6).translate(0, (height * share) / 2, 0).rotateX(Math.PI / 2);
    const mesh = new Mesh(geometry, flameMaterial(random.between(0, 40), random.between(0.85, 1.35) * (options.heat ?? 1)));
    // A plane that stands on its lower edge, its width along x.
    mesh.position.set(at.x + Math.cos(angle) * away, at.y + Math.sin(angle) * away, at.z);
    mesh.material.uniforms['lean']!.value = 0;
    mesh.renderOrder = 20 + n;
    flames.add(mesh);
    sheets.push({ mesh, pace: random.between(0.8, 1.25) });
  }
  // Pool fires puff at 1.5/√D Hz (Cetegen and Ahmed 1993).
  const puffing = 1.5 / Math.sqrt(2 * Math.max(0.2, radius));
  const light = new PointLight('#ff9a3c', 0, 0, 2);
  light.position.copy(at).add(new Vector3(0, 0, height * 0.5));
  const strength = radius <= 0 ? 0 : 55 * (radius * height) ** 0.9 * (options.heat ?? 1) ** 2;

  const span = Math.max(radius, 0.35);
  const lifeS = 9 + span * 1.6;
  const number = options.smoke <= 0 ? 0 : Math.round((50 + 90 * options.smoke) * Math.min(1.6, 0.7 + span * 0.08));
  const clouds = Array.from({ length: number }, (_, n) => {
    const material = new SpriteMaterial({ map: random.pick(puffs()), transparent: true, depthWrite: false, rotation: random.between(0, 6.28), fog: true });
    const sprite = new Sprite(material);
    sprite.renderOrder = n;
    smoke.add(sprite);
    const grey = Math.min(1, Math.max(0.02, options.grey + random.between(-0.06, 0.06)));
    return { sprite, material, grey, offset: random.between(0, lifeS), spread: new Vector3(random.between(-1, 1), random.between(-1, 1), random.between(-0.4, 0.4)), spin: random.between(-0.15, 0.15), size: random.between(0.75, 1.3) };
  });
  const colour = new Color();
  const glow = new Color('#ff7a22');
  return {
    flames,
    smoke,
    light,
    at(seconds) {
      sheets.forEach(({ mesh, pace }, n) => {
        mesh.material.uniforms['time']!.value = seconds * pace;
        // The whole fire puffs, each sheet a little on its own.
        mesh.scale.z = 1 + 0.2 * Math.sin(2 * Math.PI * puffing * seconds) + 0.1 * Math.sin(2 * Math.PI * puffing * 1.7 * seconds + n * 2.1);
      });
      light.intensity = strength * (0.85 + 0.15 * Math.sin(seconds * 11) * Math.sin(seconds * 7.3));
      for (const { sprite, material, grey, offset, spread, spin, size } of clouds) {
        const age = (seconds + offset) % lifeS;
        const t = age / lifeS;
        const rise = (radius > 0 ? 1.5 + span * 0.55 : 0.7) * age * (1 - 0.35 * t);
        const wide = span * (0.55 + 1.1 * t) + 0.22 * age;
        sprite.position.set(at.x + wind.x * age * (0.35 + 0.65 * t) + spread.x * wide * 0.7, at.y + wind.y * age * (0.35 + 0.65 * t) + spread.y * wide * 0.7, at.z + (radius > 0 ? height * 0.35 : 0) + rise + spread.z * wide);
        sprite.scale.setScalar(wide * 2.1 * size);
        material.rotation = offset * 5 + spin * age;
        material.opacity = Math.min(1, t * 9) * (1 - t) ** 1.1 * (0.35 + 0.5 * options.smoke);
        const lit = grey * (0.2 + 0.8 * options.daylight) * (0.9 + 0.4 * t);
        colour.setRGB(lit, lit, lit * 1.02).lerp(glow, radius > 0 ? Math.max(0, 0.4 - t * 3) * (options.heat ?? 1) : 0);
        material.color.copy(colour);
      }
    },
    face(eye) {
      for (const { mesh } of sheets) {
        mesh.rotation.z = Math.atan2(eye.y - mesh.position.y, eye.x - mesh.position.x) + Math.PI / 2;
        const ahead = new Vector3(Math.cos(mesh.rotation.z), Math.sin(mesh.rotation.z), 0);
        mesh.material.uniforms['lean']!.value = ahead.dot(wind) * height * 0.07;
      }
    },
    dispose() {
      for (const { mesh } of sheets) {
        mesh.geometry.dispose();
        mesh.material.dispose();
      }
      for (const { material } of clouds) material.dispose();
    },
  };
};
