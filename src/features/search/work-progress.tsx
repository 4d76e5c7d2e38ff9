interface Work {
  pause(): void;
  resume(): void;
  /** Gives up what is going, or forgets what has been found. */
  clear(): void;
}

/** How far work in the background is, in words too, and how to rest it, go on with it, or be rid of it. */
export function WorkProgress({
  label,
  done,
  of,
  words,
  isGoing,
  canGoOn,
  work,
}: {
  readonly label: string;
  readonly done: number;
  readonly of: number;
  readonly words: string;
  readonly isGoing: boolean;
  /** Whether what rests can be gone on with. */
  readonly canGoOn: boolean;
  readonly work: Work;
}) {
  return (
    <div className="search-progress">
      <progress aria-label={label} max={of} value={done} />
      <p role="status">{words}</p>
      <div className="search-actions">
        {isGoing && (
          <button type="button" className="button" onClick={work.pause}>
            Pause
          </button>
        )}
        {canGoOn && (
          <button type="button" className="button" onClick={work.resume}>
            Resume
          </button>
        )}
        <button type="button" className="button" onClick={work.clear}>
          {isGoing ? 'Cancel' : 'Clear'}
        </button>
      </div>
    </div>
  );
}
