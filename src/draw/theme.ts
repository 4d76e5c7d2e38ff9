/** Colours of what stands around the matrices, as in ui/shell/tokens.css. */
export interface Theme {
  readonly ground: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly als: string;
  readonly sgd: string;
  readonly reference: string;
}

export const themes: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    ground: '#ffffff',
    ink: '#1d2127',
    muted: '#5c6470',
    grid: '#dfe2e7',
    als: '#2468a8',
    sgd: '#b3541a',
    reference: '#6b7280',
  },
  dark: {
    ground: '#161a20',
    ink: '#e8eaee',
    muted: '#9aa2ae',
    grid: '#2a3038',
    als: '#6aa9e0',
    sgd: '#ee9a5a',
    reference: '#8b93a0',
  },
};

/** A font of the page's family; sizes in device pixels. */
export const fontOf = (weight: number, size: number) =>
  `${weight} ${size}px 'Inter Variable', system-ui, sans-serif`;
