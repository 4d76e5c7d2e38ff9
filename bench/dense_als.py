"""ALS on a complete 300 x 300 matrix: one Gram matrix and one solve per half-sweep. Prints milliseconds per iteration."""
import json, sys, time
import numpy as np

k = int(sys.argv[1])
rng = np.random.default_rng(1)
R = rng.integers(0, 256, (300, 300)).astype(np.float32)
P = rng.random((300, k), dtype=np.float32)
I = np.eye(k, dtype=np.float32) * 300
times = []
for _ in range(60):
    begun = time.perf_counter()
    U = np.linalg.solve(P.T @ P + I, P.T @ R.T).T
    P = np.linalg.solve(U.T @ U + I, U.T @ R).T
    times.append((time.perf_counter() - begun) * 1000)
print(json.dumps(sorted(times)[len(times) // 2]))
