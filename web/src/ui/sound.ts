/**
 * Short tones for who scans and does not look at the screen. Browsers let a page sound once something was pressed in it;
 * until then there is none.
 */
let context: AudioContext | undefined;

function tone(hertz: number, from: number, seconds: number): void {
  context ??= new AudioContext();
  const audio = context;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = hertz;
  volume.gain.value = 0.15;
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(audio.currentTime + from);
  oscillator.stop(audio.currentTime + from + seconds);
}

function play(notes: readonly (readonly [hertz: number, from: number, seconds: number])[]): void {
  try {
    for (const note of notes) tone(...note);
  } catch {
    // A machine without a sound device still packs.
  }
}

export const soundRight = () => play([[1320, 0, 0.07]]);
export const soundWrong = () =>
  play([
    [180, 0, 0.18],
    [140, 0.22, 0.3],
  ]);
export const soundDone = () =>
  play([
    [990, 0, 0.09],
    [1480, 0.1, 0.16],
  ]);
