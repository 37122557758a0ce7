"""Fits white noise with nilearn's run_glm on one core, and prints ns of CPU per voxel as JSON.

usage: nilearn_glm.py VOLUMES COLUMNS VOXELS

What is timed is the fit and two contrasts with their t, without reading any file.
"""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy  # noqa: E402
from nilearn.glm.contrasts import compute_contrast  # noqa: E402
from nilearn.glm.first_level import run_glm  # noqa: E402

volumes, columns, voxels = (int(word) for word in sys.argv[1:4])
numbers = numpy.random.default_rng(4)
design = numbers.standard_normal((volumes, columns))
design[:, -1] = 1
series = 900 + 9 * numbers.standard_normal((volumes, voxels))


def nanoseconds(noise):
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        labels, results = run_glm(series, design, noise_model=noise)
        for weights in ((1, 0), (1, -1)):
            contrast = numpy.zeros(columns)
            contrast[:2] = weights
            compute_contrast(labels, results, contrast, stat_type="t").stat()
        best = min(best, time.process_time() - start)
    return best / voxels * 1e9


print(json.dumps({"ols": nanoseconds("ols"), "ar1": nanoseconds("ar1")}))
