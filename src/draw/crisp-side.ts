/**
 * The side, in device pixels, at which so many cells are drawn in the room there is: a whole number of pixels per
 * cell where that fills most of the room, so that all cells are alike; else all the room.
 */
export function crispSide(cells: number, room: number): number {
  const whole = Math.floor(room / cells) * cells;
  return whole >= room * 0.78 ? whole : Math.max(1, Math.floor(room));
}
