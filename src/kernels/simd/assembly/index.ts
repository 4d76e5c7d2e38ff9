export { normalEquations, rightSide, solveLines } from './als';
export { solveCompleteLines } from './als-complete';
export { learn } from './bias-sgd';
export { addGradients, applyGradients } from './mini-batch';
export { paint } from './paint';
export { takeScratch } from './scratch';
export { predict, sumErrors } from './errors';
export { rankItems } from './ranking';
export { solveImplicitLines } from './implicit-als';
