import { blob, clamp, ellipse, mix, noiseField, randomOf, ridge, smooth, type Tone } from './shading';

/**
 * A half-length portrait before a landscape, in the manner of a Renaissance panel: light from the upper left,
 * a pale face and hands, dark hair and dress, a misty valley with a river behind. The seed moves hills and brush.
 */
export function portrait(seed: number): Tone {
  const random = randomOf(seed, 0x70727472);
  const behind = backdrop(randomOf(seed, 0x62616b64));
  const brush = noiseField(random, 42);
  const fold = noiseField(random, 11);
  return (x, y) => {
    let tone = behind(x, y);
    tone = hairBehind(tone, x, y);
    tone = neck(tone, x, y);
    tone = dress(tone, x, y, fold(x, y));
    tone = face(tone, x, y);
    tone = hairInFront(tone, x, y);
    tone = hands(tone, x, y);
    return clamp(tone + 0.022 * brush(x, y) + 0.014 * fold(y, x));
  };
}

/** Sky, two ranges of hills, a valley with a winding river, a parapet. */
function backdrop(random: ReturnType<typeof randomOf>): Tone {
  const far = ridge(random, 0.035, 1.4);
  const near = ridge(random, 0.03, 1.1);
  const cloud = noiseField(random, 6);
  return (x, y) => {
    let tone = mix(0.56, 0.86, smooth(0, 0.42, y)) + 0.07 * cloud(x, 2.2 * y);
    const farLine = 0.33 + far(x);
    tone = mix(
      tone,
      mix(0.5, 0.68, smooth(farLine, farLine + 0.15, y)),
      smooth(farLine - 0.008, farLine + 0.008, y),
    );
    const nearLine = 0.47 + near(x);
    tone = mix(
      tone,
      mix(0.3, 0.52, smooth(nearLine, 0.72, y)),
      smooth(nearLine - 0.008, nearLine + 0.008, y),
    );
    const bend = 0.13 + 0.06 * Math.sin(14 * y) + 0.9 * (y - 0.5) ** 2;
    const river =
      smooth(0.012 + 0.07 * (y - 0.47), 0.004, Math.abs(x - bend)) * smooth(nearLine, nearLine + 0.05, y);
    const road =
      smooth(0.01 + 0.05 * (y - 0.47), 0.003, Math.abs(x - 0.87 - 0.07 * Math.sin(17 * y + 1))) *
      smooth(nearLine, nearLine + 0.05, y);
    tone = mix(tone, 0.82, 0.85 * Math.max(river, road));
    return mix(tone, 0.24, smooth(0.77, 0.79, y) * smooth(0.81, 0.8, y) + 0.75 * smooth(0.8, 0.82, y));
  };
}

/** Shoulders and sleeves, folded cloth, a rounded neckline. */
function dress(tone: number, x: number, y: number, fold: number): number {
  const body = Math.max(blob(x, y, 0.5, 0.98, 0.34, 0.43, 0.03), blob(x, y, 0.5, 1.05, 0.46, 0.36, 0.03));
  const light = smooth(0.75, 0.2, x);
  const pleats = 0.045 * Math.sin(95 * (x - 0.5) * (1.2 - 0.5 * y) + 5 * fold) * smooth(0.66, 0.76, y);
  const cloth = 0.07 + 0.17 * light + pleats + 0.05 * fold;
  const neckline = blob(x, y, 0.497, 0.545, 0.128, 0.125, 0.05);
  const hem = 0.22 * blob(x, y, 0.497, 0.545, 0.136, 0.133, 0.04) * (1 - neckline);
  return mix(tone, cloth + hem, body * (1 - neckline));
}

function hairBehind(tone: number, x: number, y: number): number {
  const mass = Math.max(
    blob(x, y, 0.498, 0.285, 0.158, 0.205, 0.04),
    blob(x, y, 0.5, 0.45, 0.15, 0.22, 0.06) * smooth(0.66, 0.56, y),
  );
  const strands = 0.03 * Math.sin(120 * (x - 0.5) + 9 * y);
  return mix(tone, 0.06 + 0.07 * smooth(0.55, 0.36, x) + strands * smooth(0.3, 0.5, y), mass);
}

/** Neck and chest, and the shadow under the chin; the dress leaves what its neckline shows. */
function neck(tone: number, x: number, y: number): number {
  const flare = 0.085 + 1.1 * Math.max(0, y - 0.535) ** 1.3;
  const column =
    smooth(0.012, -0.012, Math.abs(x - 0.497) - flare) * smooth(0.4, 0.44, y) * smooth(0.72, 0.68, y);
  const skin = 0.84 - 0.36 * smooth(0.46, 0.6, x) + 0.05 * smooth(0.54, 0.62, y) * smooth(0.6, 0.45, x);
  const chin = 0.34 * blob(x, y, 0.512, 0.492, 0.088, 0.052, 0.6);
  const collarbone = 0.05 * smooth(0.01, 0.002, Math.abs(y - 0.592 - 0.9 * (x - 0.497) ** 2));
  return mix(tone, skin - chin - collarbone, column);
}

/** The face: an egg, lit from the left, and on it brows, eyes, nose and a small smile. */
function face(tone: number, x: number, y: number): number {
  const narrow = 0.117 * (1 - 0.42 * smooth(0.33, 0.5, y));
  const inside = smooth(-0.03, 0.04, ellipse(x, y, 0.495, 0.315, narrow, 0.178));
  if (inside === 0) return tone;
  const turned = x - 0.488;
  let skin =
    0.97 - 0.3 * smooth(0, 0.1, turned) - 0.12 * smooth(0.39, 0.48, y) - 0.09 * smooth(0.24, 0.16, y);
  skin -= 0.12 * smooth(0.3, 0, ellipse(x, y, 0.495, 0.315, narrow, 0.178));
  skin +=
    0.06 * blob(x, y, 0.452, 0.355, 0.032, 0.03, 0.8) + 0.03 * blob(x, y, 0.475, 0.22, 0.04, 0.035, 0.8);
  for (const side of [-1, 1]) skin = eye(skin, x, y, 0.489 + side * 0.047, side);
  return mix(tone, mouth(nose(skin, x, y), x, y), inside);
}

function eye(skin: number, x: number, y: number, cx: number, side: number): number {
  const arch = 0.2555 + 5 * (x - cx - 0.008 * side) ** 2;
  const brow = smooth(0.006, 0.001, Math.abs(y - arch)) * smooth(0.038, 0.026, Math.abs(x - cx));
  let tone = skin - 0.26 * brow - 0.2 * blob(x, y, cx, 0.29, 0.034, 0.022, 0.7);
  tone = mix(tone, 0.9, blob(x, y, cx, 0.293, 0.024, 0.0105, 0.25));
  tone = mix(tone, 0.06, blob(x, y, cx + 0.004, 0.2925, 0.0098, 0.0102, 0.25));
  const lid =
    smooth(0.0042, 0.001, Math.abs(y - 0.2825 - 9 * (x - cx) ** 2)) * smooth(0.03, 0.024, Math.abs(x - cx));
  return tone - 0.5 * lid * tone;
}

function nose(skin: number, x: number, y: number): number {
  const along = smooth(0.275, 0.3, y) * smooth(0.392, 0.37, y);
  const shadow = 0.2 * along * smooth(0.018, 0.004, Math.abs(x - 0.505 - 0.05 * (y - 0.28)));
  const ridgeLight = 0.06 * along * smooth(0.011, 0.002, Math.abs(x - 0.486));
  const under = 0.3 * blob(x, y, 0.493, 0.385, 0.021, 0.007, 0.5);
  return skin - shadow + ridgeLight - under;
}

function mouth(skin: number, x: number, y: number): number {
  const from = x - 0.491;
  const smile = 0.421 - 7 * from * from;
  const lips = 0.22 * blob(x, y + 7 * from * from, 0.491, 0.421, 0.036, 0.0125, 0.35);
  const line = 0.34 * smooth(0.0042, 0.001, Math.abs(y - smile)) * smooth(0.043, 0.03, Math.abs(from));
  const below = 0.1 * blob(x, y, 0.493, 0.444, 0.026, 0.008, 0.7);
  return skin - lips - line - below;
}

/** Hair that falls from a middle parting and frames the face. */
function hairInFront(tone: number, x: number, y: number): number {
  const mass = blob(x, y, 0.498, 0.285, 0.158, 0.205, 0.04);
  const opening = blob(x, y, 0.493, 0.335, 0.103, 0.168, 0.035);
  const parting = 0.1 * smooth(0.006, 0.001, Math.abs(x - 0.492)) * smooth(0.17, 0.1, y);
  const strands = 0.05 * Math.sin(85 * Math.abs(x - 0.492) + 24 * y);
  return mix(tone, 0.1 + strands + parting + 0.07 * smooth(0.52, 0.38, x), mass * (1 - opening));
}

/** Hands laid one over the other. */
function hands(tone: number, x: number, y: number): number {
  const under = blob(x, y - 0.22 * (x - 0.5), 0.55, 0.872, 0.115, 0.033, 0.2);
  const over = blob(x, y + 0.3 * (x - 0.45), 0.435, 0.868, 0.12, 0.037, 0.2);
  const fingers = 0.1 * smooth(0.3, 1, Math.sin(190 * (y + 0.3 * (x - 0.45)))) * smooth(0.43, 0.47, x);
  let next = mix(tone, 0.66 - 0.12 * smooth(0.5, 0.68, x), under);
  next = mix(next, 0.88 - 0.2 * smooth(0.34, 0.55, x) - fingers - 0.15 * smooth(0.86, 0.91, y), over);
  return next;
}
