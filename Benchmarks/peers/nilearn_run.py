"""Fits one run with nilearn as its users do, and prints wall, CPU and peak memory as JSON.

usage: nilearn_run.py BOLD.nii.gz EVENTS.tsv TR {ols|ar1}

Loading the modules is part of it, and told apart.

There is no motion correction in nilearn: what is timed is reading, masking, 6 mm smoothing, the fit
and one contrast with its maps.
"""
import json
import resource
import sys
import time

start = time.perf_counter()
import pandas  # noqa: E402
from nilearn.glm.first_level import FirstLevelModel  # noqa: E402

imported = time.perf_counter()
imported_cpu = time.process_time()
bold, events, repetition_time, noise = sys.argv[1:5]
model = FirstLevelModel(
    t_r=float(repetition_time), slice_time_ref=0.5, hrf_model="spm", drift_model="cosine",
    high_pass=1 / 128, smoothing_fwhm=6, noise_model=noise, standardize=False, signal_scaling=0,
    minimize_memory=True,
)
table = pandas.read_csv(events, sep="\t")[["onset", "duration", "trial_type"]]
model.fit(bold, events=table)
condition = sorted(table.trial_type.unique())[0]
maps = model.compute_contrast(condition, output_type="all")
voxels = int(model.masker_.mask_img_.get_fdata().sum())
for name in ("effect_size", "stat", "z_score", "p_value"):
    maps[name].get_fdata()
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "wall_s": time.perf_counter() - start,
    "import_s": imported - start,
    "import_cpu_s": imported_cpu,
    "cpu_s": used.ru_utime + used.ru_stime,
    "peak_mib": used.ru_maxrss / 1024,
    "voxels": voxels,
}))
