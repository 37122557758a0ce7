#ifndef CGROUPKERNEL_H
#define CGROUPKERNEL_H

#include "CInstructionSet.h"

/// Voxels that are worked on together; a strip is participants x 16 float32.
#define CGR_LANES 16

/// Arrangements that are worked on together.
#define CGR_ARRANGEMENTS 8

/// The memory of every call starts at a multiple of this.
#define CGR_ALIGNMENT 64

/// How z comes of the projections of a rearranged strip.
typedef enum {
  /// One variance; the first projection is the effect, the others what nuisances take.
  CGR_POOLED_T = 0,
  /// One variance; the first projections are the effects.
  CGR_POOLED_F = 1,
  /// A variance for each group, with the degrees of freedom of Satterthwaite.
  CGR_SEPARATE_T = 2
} cgr_kind;

/// A sum over participants: they are ordered by variance group, so that one group is a range.
typedef struct {
  int first, count;
  /// The group, and the column of the basis.
  int group, column;
} cgr_row;

/// A statistic of one set of participants, which no arrangement changes.
typedef struct {
  cgr_kind kind;
  int participants;
  const cgr_row *rows;
  int row_count;
  /// Of one variance: how many of the rows are effects, and the degrees of freedom.
  int effects;
  float degrees_of_freedom;
  /// Of an F: z at steps of the root of log(1 + q F / degrees of freedom).
  const float *table;
  int table_count;
  float table_step;
  /// Of separate variances: the size of the basis, the groups, the contrast in the basis, the
  /// groups' Q_g'Q_g (basis x basis each), the weights of their variances, and degrees of freedom.
  int basis, groups;
  const float *contrast, *grams, *variance_weights, *group_degrees;
} cgr_statistic;

/// A design whose voxels are weighted differently, in an orthonormal basis.
typedef struct {
  int participants, columns;
  /// participants x columns, row-major.
  const double *design;
  /// The variance group of each participant, from 0.
  const int *group;
  int groups;
  /// contrasts x columns.
  const double *contrasts;
  int contrast_count;
  /// The largest number of iterations, and the relative change at which they end.
  int iterations;
  double tolerance;
  /// Mixed effects: whether degrees of freedom are taken off (REML).
  int is_restricted;
  /// Robust: the tuning constant of Tukey's bisquare.
  double tuning;
} cgr_design;

/// The kernels of one level.
typedef struct {
  /// Residuals of a strip on a basis (participants x basis, orthonormal), scaled; then the sum of
  /// their squares per group (groups x 16). `participant` gives the strip's row of each.
  void (*prepare)(const float *strip, const int *participant, int participants,
                  const double *basis, int columns, const double *scale, const int *group,
                  int groups, float *residuals, float *squares);

  /// z of eight arrangements of a prepared strip: 8 x 16; what |z| exceeds of the largest so far
  /// (8 x 16) it replaces. Residuals, squares, z and largest are aligned. The weights lie row after row,
  /// participant after participant of its range, eight arrangements side by side.
  void (*z_scores)(const cgr_statistic *, const float *residuals, const float *squares,
                   const float *weights, float *z, float *largest);

  /// Mixed effects of 16 voxels from effects and their variances, participants x 16 each; one that
  /// is not a number takes no part. Results, rows of 16: effect, variance and degrees of freedom
  /// for each contrast; the variance between participants for each group; 1 where the iteration
  /// converged; its steps.
  void (*mixed)(const cgr_design *, const float *effects, const float *variances, void *scratch,
                double *results);

  /// Tukey's bisquare of 16 voxels; the results of `mixed`, with the scale for the variances.
  void (*robust)(const cgr_design *, const float *effects, void *scratch, double *results);
} cgr_kernels;

/// Returns the kernels of a level, or null where the processor has it not.
const cgr_kernels *cgr_kernels_at(cis_level level);

/// Returns the kernels of the level in use.
const cgr_kernels *cgr_kernels_in_use(void);

/// Returns the bytes of scratch that `mixed` and `robust` need.
long cgr_scratch_bytes(const cgr_design *design);

/// Returns the rows of 16 in the results of `mixed` and `robust`.
long cgr_result_rows(const cgr_design *design);

/// Voxels in a box with a margin of one all around, so that every neighbour is in the box.
typedef struct {
  /// The number of voxels, and where each lies in the box.
  int count;
  const int *place;
  /// The number of places in the box, and the steps from a voxel to its neighbours.
  int places;
  const int *steps;
  int step_count;
} cgr_lattice;

/// Returns the bytes of scratch for a lattice.
long cgr_lattice_scratch_bytes(const cgr_lattice *lattice);

/// Threshold-free enhancement of a map, each sign apart: the integral of extent^E height^H over the
/// heights below a voxel, exactly, by the tree of components. `extent_power[e]` is e^E.
/// Returns the largest value; `enhanced`, which may be null, gets one value per voxel, unsigned.
double cgr_enhance(const cgr_lattice *lattice, const float *z, const double *extent_power,
                   double height_exponent, void *scratch, double *enhanced);

/// Connected voxels of one sign whose |z| is at least a threshold. Labels get 0 outside, then 1 ...,
/// positive clusters first, in the order of each one's first voxel; they may be null. Returns the number of clusters, the
/// largest size, and the largest sum of what |z| is above the threshold.
int cgr_clusters(const cgr_lattice *lattice, const float *z, float threshold, void *scratch,
                 int *labels, int *largest_extent, double *largest_mass);

#endif
