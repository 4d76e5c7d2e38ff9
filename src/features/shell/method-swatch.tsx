import type { MethodId } from '../../methods/method';

/** The colour and the marker of a method, beside its name. */
export function MethodSwatch({ method }: { method: MethodId }) {
  return (
    <span
      className="swatch"
      style={{ background: `var(--method-${method})`, clipPath: `var(--marker-${method})` }}
    />
  );
}
