/** What curves sound like, the first first: told apart by their timbre, and by where they stand. */
const timbres: readonly OscillatorType[] = ['sine', 'sawtooth', 'triangle', 'square'];
/** How loud a voice is, 0…1: those with overtones sound louder than they are. */
const loudness: Readonly<Record<string, number>> = { sine: 0.16, triangle: 0.12 };
const quietly = 0.045;

/** Seconds until a voice has nearly come to another tone, and to silence. */
const glide = 0.04;
const fade = 0.12;

interface Voice {
  readonly tone: OscillatorNode;
  readonly level: GainNode;
}

/** Plays tones, each in a timbre of its own, from the left to the right. To be made while somebody presses something. */
export function soundOf() {
  const context = new AudioContext();
  const voices: Voice[] = [];

  /** A voice, of so many. */
  function voiceOf(i: number, count: number): Voice {
    const known = voices[i];
    if (known) return known;
    const tone = new OscillatorNode(context, { type: timbres[i % timbres.length] });
    const level = new GainNode(context, { gain: 0 });
    const pan = new StereoPannerNode(context, { pan: count > 1 ? -0.7 + (1.4 * i) / (count - 1) : 0 });
    tone.connect(level).connect(pan).connect(context.destination);
    tone.start();
    voices[i] = { tone, level };
    return voices[i];
  }

  return {
    /** @param tones Hz; null: silence */
    play(tones: readonly (number | null)[]): void {
      const now = context.currentTime;
      for (const [i, hertz] of tones.entries()) {
        const { tone, level } = voiceOf(i, tones.length);
        if (hertz !== null) tone.frequency.setTargetAtTime(hertz, now, glide);
        const loud = hertz === null ? 0 : (loudness[tone.type] ?? quietly);
        level.gain.setTargetAtTime(loud, now, glide);
      }
    },
    hush(): void {
      for (const { level } of voices) level.gain.setTargetAtTime(0, context.currentTime, fade);
    },
    end: () => void context.close(),
  };
}
