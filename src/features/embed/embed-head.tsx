import { ExternalLink } from 'lucide-react';
import { linkNow } from '../link/link-now';
import { useBench } from '../workbench-context';
import { isEmbedded } from './embedded';
import './embed.css';

/** Over the page in a frame: what it is, and the way to the whole of it, with what is on the stage. */
export function EmbedHead() {
  const { workbench } = useBench();
  if (!isEmbedded(location)) return null;
  return (
    <p className="embed-head">
      <a
        href="/"
        target="_blank"
        rel="noopener"
        onClick={({ currentTarget }) => {
          currentTarget.href = `/#${linkNow(workbench.getState(), true) ?? ''}`;
        }}
      >
        Factorscope <ExternalLink size={12} />
      </a>
    </p>
  );
}
