export { solveCompleteLines, solveLines, takeScratch } from './als';
export { learn } from './bias-sgd';
export { addGradients, applyGradients } from './mini-batch';
export { paint } from './paint';
export { squaredError, weightedSquares } from './rmse';
