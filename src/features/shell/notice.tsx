import { X } from 'lucide-react';
import { pictureName } from '../../ratings/pictures/names';
import type { Problem } from '../../ratings/problem';
import { sampleSizes } from '../../ratings/sample';
import type { LinkedFile } from '../../state/link/data';
import { counted, fixed, grouped, inBytes } from '../../words/numbers';
import type { Loss } from '../../workers/protocol';
import { problemSentence } from '../data/messages';
import type { Loading as LoadingState } from '../data/slice';
import type { ExportProblem } from '../export/slice';
import { linkSentence } from '../link/link-words';
import { useBench, useWorkbench } from '../workbench-context';
import { later } from './later';
import { lossWords, roomWords } from './loss-words';
import { PanelBoundary } from './panel-boundary';
import type { FileCode, Notice as NoticeState } from './slice';

const RejectedRows = later(async () => (await import('../data/rejected-rows')).RejectedRows);

/**
 * What is wrong, after which all that was there may still be there; what asks for something, and waits for it; and what
 * is good to know, and leaves by itself.
 */
const kinds: Readonly<Record<NoticeState['kind'], 'trouble' | 'trouble, all kept' | 'waits' | 'passes'>> = {
  refused: 'trouble, all kept',
  'no-room': 'trouble, all kept',
  'data-lost': 'trouble, all kept',
  'no-ratings': 'trouble',
  'export-failed': 'trouble',
  link: 'waits',
  'link-file': 'waits',
  'link-other-file': 'waits',
  'link-large': 'waits',
  'link-far': 'waits',
  'link-far-runs': 'waits',
  kept: 'waits',
  'kept-unreadable': 'waits',
  'new-version': 'waits',
  'link-copied': 'passes',
  'link-in-address': 'passes',
};

/** What went wrong, in words, and that nothing was lost; or what there is to know. */
export function Notice() {
  const notice = useWorkbench((state) => state.notice ?? state.newVersion);
  if (notice && kinds[notice.kind].startsWith('trouble'))
    return (
      <div role="alert">
        <NoticeBox notice={notice} />
      </div>
    );
  // Always there: who listens to the page hears what comes into it.
  return <div role="status">{notice && <NoticeBox key={sentenceOf(notice)} notice={notice} />}</div>;
}

function NoticeBox({ notice }: { notice: NoticeState }) {
  const { actions } = useBench();
  const kept = useWorkbench((state) => state.data !== null);
  const kind = kinds[notice.kind];
  return (
    <div
      className="box notice"
      data-kind={kind}
      onAnimationEnd={kind === 'passes' ? actions.dismissNotice : undefined}
    >
      <div>
        {sentenceOf(notice)} {kind === 'trouble, all kept' && kept && 'What was here before is kept.'}{' '}
        {notice.kind === 'refused' && <Rejections problem={notice.problem} />}
      </div>
      {notice.kind === 'link-large' && (
        <button type="button" className="button" onClick={actions.acceptLink}>
          Make them up
        </button>
      )}
      {notice.kind === 'link-far-runs' && (
        <button type="button" className="button" onClick={actions.acceptLink}>
          Learn them
        </button>
      )}
      {notice.kind === 'kept' && (
        <button type="button" className="button" onClick={actions.openKept}>
          Open it again
        </button>
      )}
      {notice.kind.startsWith('kept') && (
        <button type="button" className="button" onClick={actions.forgetKept}>
          Forget it
        </button>
      )}
      {notice.kind === 'new-version' && (
        <button type="button" className="button" onClick={actions.takeNewVersion}>
          Reload
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={actions.dismissNotice}>
        <X size={14} />
      </button>
    </div>
  );
}

/** What a refused file has instead of ratings. */
function Rejections({ problem: { fileName, count = 0, rejected = [] } }: { problem: Problem<FileCode> }) {
  if (rejected.length === 0) return null;
  return (
    <PanelBoundary name="rejected rows">
      <RejectedRows name={fileName} rejected={{ count, rows: rejected }} />
    </PanelBoundary>
  );
}

function sentenceOf(notice: NoticeState): string {
  switch (notice.kind) {
    case 'refused':
      return problemSentence(notice.problem);
    case 'no-room':
      return `${pictureName(notice.what) ?? notice.what} ${roomWords(notice, 'this tab may take')}: fewer ratings, or a lower rank, would fit.`;
    case 'data-lost':
      return `${pictureName(notice.what) ?? notice.what} was given up: ${notice.why === 'silent' ? comesToNoEnd : lossWords[notice.why]}.`;
    case 'no-ratings':
      return 'This run was opened from a file, and its ratings are not here: it can be looked at, but not go on. Open its data to learn more.';
    case 'export-failed':
      return exportSentence(notice.problem);
    case 'link':
      return linkSentence(notice.problems);
    case 'link-file':
      return `This link is of ${fileSentence(notice.file)}. Drop that file here: nobody’s ratings are in a link.`;
    case 'link-other-file':
      return `This is not the file of the link: that was ${fileSentence(notice.file)}.`;
    case 'link-large':
      return `This link is of ${grouped(sampleSizes[notice.size].ratingCount)} made-up ratings, which take about a gigabyte.`;
    case 'link-far':
      return `This link leads to batch ${grouped(notice.batch)}, which is a long way: Jump goes there.`;
    case 'link-far-runs':
      return 'This link leads to runs that are a long way: learning them takes a while.';
    case 'kept':
      return notice.isLinked
        ? `This link is of ${notice.name} (${inBytes(notice.bytes)}), which is still on this machine from your last visit.`
        : `${notice.name} (${inBytes(notice.bytes)}) is still on this machine from your last visit, with what you had set.`;
    case 'kept-unreadable':
      return notice.why === 'newer'
        ? 'Ratings of your last visit are on this machine, kept by a newer version of Factorscope: reload to have it.'
        : 'Ratings of your last visit are on this machine, but cannot be read any more.';
    case 'new-version':
      return notice.otherPages === 0
        ? 'There is a new version of Factorscope: reload when you like. Runs are not kept over a reload; save them before, if you want them.'
        : `The new version waits until ${counted(notice.otherPages, 'other tab')} with Factorscope ${notice.otherPages === 1 ? 'is' : 'are'} closed.`;
    case 'link-copied':
      return `The link is on the clipboard.${notice.ofFile ? fileToo : ''}`;
    case 'link-in-address':
      return `The link is in the address bar: copy it from there.${notice.ofFile ? fileToo : ''}`;
  }
}

const exportWords: Readonly<Record<Exclude<ExportProblem, Loss>, string>> = {
  nothing: 'There is nothing to save of this yet.',
  'no-room': 'The file was given up: what it is made of had to make room for what has come since.',
  failed: 'The file could not be made; a smaller one may be possible.',
};

const exportSentence = (problem: ExportProblem) =>
  isLoss(problem) ? `The file could not be made: ${lossWords[problem]}.` : exportWords[problem];
const isLoss = (problem: ExportProblem): problem is Loss => problem in lossWords;

/** Of a reader that did not answer any more: it is the file that is new to it. */
const comesToNoEnd = 'its reading came to no end. It may be damaged, or too large for this browser';

const fileToo =
  ' The name of your file is in it, and in the address bar, but no rating: whoever opens it has to bring that file.';

const fileSentence = ({ name, userCount, itemCount, ratingCount, checksum }: LinkedFile) =>
  `${name || 'a file'} (${grouped(userCount)} × ${grouped(itemCount)}, ${counted(ratingCount, 'rating')}, checksum ${checksum})`;

/** Fewer ratings are laid out before one could read of it. */
const worthSaying = 500_000;

export function Loading() {
  const { actions } = useBench();
  const loading = useWorkbench((state) => state.loading);
  if (!loading) return null;
  const { what, rows, needed, share } = loading;
  if ((share === null || needed !== undefined) && rows < worthSaying) return null;
  return (
    <div className="box notice" role="status">
      <p>
        {needed === undefined
          ? `Reading ${pictureName(what) ?? what}${rows > 0 ? `: ${counted(rows, 'row')}` : ''}`
          : `Laying out ${what}: ${counted(rows, 'rating')} need ${inBytes(needed)}`}
        <span className="notice-rate">{needed === undefined ? rateOf(loading) : leftOf(loading)}</span>
      </p>
      <progress
        aria-label={needed === undefined ? 'Share read' : 'Share laid out'}
        value={share ?? undefined}
        max={1}
      />
      <button type="button" className="button" onClick={actions.cancelLoading}>
        Cancel
      </button>
    </div>
  );
}

/** Rows per second, and how long the rest may take; nothing in the first half second. */
function rateOf({ rows, share, since }: LoadingState): string {
  const seconds = (performance.now() - since) / 1000;
  if (seconds < 0.5 || rows === 0) return '';
  const rate = rows / seconds;
  const speed = rate >= 1e5 ? `${fixed(rate / 1e6, 1)} M` : grouped(rate);
  return ` · ${speed} rows/s${share && share > 0.01 ? leftOf({ share, since }) : ''}`;
}

/** How long the rest may take, as what was done has taken; nothing before there is anything to go by. */
function leftOf({ share, since }: Pick<LoadingState, 'share' | 'since'>): string {
  const seconds = (performance.now() - since) / 1000;
  return share ? ` · ${Math.ceil((seconds / share) * (1 - share))} s left` : '';
}
