import { use, useLayoutEffect, useRef } from 'react';
import './glossary.css';

/** What sets formulas, once somebody looks at one. */
const setter = () => import('temml').then(({ default: temml }) => temml);
let asked: ReturnType<typeof setter> | undefined;

/** A formula as mathematics: MathML, which browsers set and read out. */
export function Formula({ tex }: { tex: string }) {
  asked ??= setter();
  const temml = use(asked);
  const host = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (host.current) temml.render(tex, host.current);
  }, [temml, tex]);
  return <span className="formula" ref={host} />;
}
