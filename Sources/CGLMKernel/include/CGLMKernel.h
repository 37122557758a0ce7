#ifndef CGLMKERNEL_H
#define CGLMKERNEL_H

#include "CInstructionSet.h"

/// Voxels that are worked on together; a strip is volumes x 16 float32.
#define CGK_LANES 16

/// The scratch memory of every call starts at a multiple of this.
#define CGK_ALIGNMENT 64

/// Pairs of kept rows: first and second, first + 1 and second + 1, and so on.
typedef struct {
  int first, second, count;
} cgk_stretch;

/// Two consecutive kept rows of a run with censored rows between them.
typedef struct {
  int from, to, gap;
} cgk_link;

/// A contrast: its rows among the weights, and where its results start.
typedef struct {
  int is_f, first_row, row_count, first_result;
} cgk_contrast;

/// All of a design that does not depend on a voxel. Z is the orthonormal basis, rows x rank,
/// row-major; S adds to each kept row its neighbours in time within its segment.
typedef struct {
  /// All volumes of a strip, and of them the kept rows.
  int volumes, rows;
  int rank, lags, degrees_of_freedom;
  /// The volume of each kept row.
  const int *volume;
  /// The volumes from the kept row before in the same run; 0 where a run begins.
  const int *step;
  /// Z in both precisions.
  const float *basis32;
  const double *basis64;
  /// d: the diagonal of Z'SZ.
  const double *eigenvalues;
  /// 1 where Z spans a constant, so that a shift can be taken out of the data first; and Z'1.
  int spans_constant;
  const double *constant;
  /// Pairs of kept rows at each lag from 1; those of lag k are starts[k - 1] ... starts[k].
  const cgk_stretch *pairs;
  const int *pair_starts;
  /// Pairs of neighbours within segments: S.
  const cgk_stretch *neighbours;
  int neighbour_count;
  /// The first and last rows of the segments, and the sum of z z' over them, rank x rank.
  const int *edges;
  int edge_count;
  const double *edge_gram;
  /// What links segments, the distinct gaps, and per gap the sums of z_i z_i' + z_j z_j' and of
  /// z_i z_j' + z_j z_i', rank x rank each.
  const cgk_link *links;
  int link_count;
  const int *gaps;
  int gap_count;
  const double *gap_ends, *gap_cross;
  /// H, weight_rows x rank, and H Z'1.
  const double *weights, *weights_of_constant;
  int weight_rows;
  const cgk_contrast *contrasts;
  int contrast_count, result_count;
} cgk_design;

/// Returns the rows of 16 in a summary: Z'Sr, H Z'y, then r'r, r'Sr / 2, the first and the last
/// residual.
long cgk_summary_rows(const cgk_design *design);

/// The kernels of one level, in float32 and float64 arithmetic. A voxel that is constant, not
/// finite, or explained by the design to rounding gets NaN.
typedef struct {
  /// Forms the least-squares residuals r. Sums get the autocovariances at lags 0 ... lags, then the
  /// sum of squares of the data, about the mean where Z spans a constant; the summary, which may be
  /// null, comes from r; witnesses get r at some kept rows, divided by the root of r'r.
  void (*estimate32)(const cgk_design *, const float *strip, void *scratch, double *sums,
                     float *summary, const int *witness_rows, int witness_count,
                     float *witnesses);
  void (*estimate64)(const cgk_design *, const float *strip, void *scratch, double *sums,
                     double *summary, const int *witness_rows, int witness_count,
                     float *witnesses);

  /// Fits noise of first-order autoregression from a summary; the design has one segment.
  void (*fit_summary32)(const cgk_design *, const float *summary, const double *memory,
                        void *scratch, double *results);
  void (*fit_summary64)(const cgk_design *, const double *summary, const double *memory,
                        void *scratch, double *results);

  /// Fits any noise from a strip: 16 memories, then 16 shares.
  void (*fit32)(const cgk_design *, const float *strip, const double *noise, void *scratch,
                double *results);
  void (*fit64)(const cgk_design *, const float *strip, const double *noise, void *scratch,
                double *results);

  /// Multiplies and adds in registers alone, so many times for 16 float32 each: what the processor
  /// can do at most.
  void (*multiply_add32)(long times, float *sixteen);
} cgk_kernels;

/// Returns the kernels of a level, or null where the processor has it not.
const cgk_kernels *cgk_kernels_at(cis_level level);

/// Returns the kernels of the level in use.
const cgk_kernels *cgk_kernels_in_use(void);

/// Returns the bytes of scratch that any call for a design needs.
long cgk_scratch_bytes(const cgk_design *design);

#endif
