// Components of voxels: clusters over a threshold, and the integral over all thresholds.

#include "kernels.h"

#include <stdint.h>

// The memory of both: where each place of the box stands in the order, and the components.
typedef struct {
  int *rank;
  // Of a component its leader, its size and its newest voxel; of a voxel its parent in the tree, and
  // the size of its component when it came.
  int *leader, *size, *newest, *parent, *extent;
  double *value;
  uint64_t *sorted, *spare;
} lattice_scratch;

long cgr_lattice_scratch_bytes(const cgr_lattice *lattice) {
  const long count = lattice->count + 16L;
  return (lattice->places + 16L) * (long)sizeof(int) + 5 * count * (long)sizeof(int) +
         3 * count * (long)sizeof(uint64_t) + 10 * CGR_ALIGNMENT;
}

static void *take(char **next, long bytes) {
  char *start = *next;
  *next += (bytes + CGR_ALIGNMENT - 1) / CGR_ALIGNMENT * CGR_ALIGNMENT;
  return start;
}

static lattice_scratch place_scratch(const cgr_lattice *lattice, void *scratch) {
  char *next = scratch;
  const long count = lattice->count;
  lattice_scratch s;
  s.rank = take(&next, lattice->places * (long)sizeof(int));
  s.leader = take(&next, count * (long)sizeof(int));
  s.size = take(&next, count * (long)sizeof(int));
  s.newest = take(&next, count * (long)sizeof(int));
  s.parent = take(&next, count * (long)sizeof(int));
  s.extent = take(&next, count * (long)sizeof(int));
  s.value = take(&next, count * (long)sizeof(double));
  s.sorted = take(&next, count * (long)sizeof(uint64_t));
  s.spare = take(&next, count * (long)sizeof(uint64_t));
  memset(s.rank, -1, (size_t)lattice->places * sizeof(int));
  return s;
}

static inline int find(int *leader, int k) {
  int top = k;
  while (leader[top] != top) top = leader[top];
  while (leader[k] != top) {
    const int next = leader[k];
    leader[k] = top;
    k = next;
  }
  return top;
}

// Sorts keys in the upper halves by three rounds of counting, ascending; returns where they end up.
static uint64_t *sort_keys(uint64_t *keys, uint64_t *spare, int count) {
  enum { BITS = 11, BUCKETS = 1 << BITS, ROUNDS = 3 };
  int starts[ROUNDS][BUCKETS];
  memset(starts, 0, sizeof starts);
  for (int i = 0; i < count; i++)
    for (int r = 0; r < ROUNDS; r++) starts[r][keys[i] >> (32 + BITS * r) & (BUCKETS - 1)]++;
  for (int r = 0; r < ROUNDS; r++) {
    int sum = 0;
    for (int b = 0; b < BUCKETS; b++) {
      const int here = starts[r][b];
      starts[r][b] = sum;
      sum += here;
    }
    for (int i = 0; i < count; i++)
      spare[starts[r][keys[i] >> (32 + BITS * r) & (BUCKETS - 1)]++] = keys[i];
    uint64_t *other = keys;
    keys = spare, spare = other;
  }
  return keys;
}

// The height of the k-th key: its upper half is the complement of a float's bits.
static inline double height_of(uint64_t key) {
  const uint32_t bits = 0x7fffffffu - (uint32_t)(key >> 32);
  float height;
  memcpy(&height, &bits, sizeof height);
  return height;
}

static inline int place_of(uint64_t key) { return (int)(uint32_t)key; }

// How many voxels ahead memory is asked for.
#define AHEAD 8

// Joins the voxels of one sign from the highest down. Every voxel is a node whose parent is the
// voxel at which its component grew next.
static void join(const cgr_lattice *lattice, lattice_scratch *s, const uint64_t *sorted,
                 int first, int count) {
  for (int k = first; k < first + count; k++) {
    // Places come in no order: those to come are asked for ahead.
    if (k + AHEAD < first + count) {
      const int later = place_of(sorted[k + AHEAD - first]);
      for (int n = 0; n < lattice->step_count; n++)
        __builtin_prefetch(s->rank + later + lattice->steps[n]);
    }
    const int place = place_of(sorted[k - first]);
    int lead = k, size = 1;
    s->rank[place] = s->leader[k] = s->parent[k] = k;
    for (int n = 0; n < lattice->step_count; n++) {
      const int neighbour = s->rank[place + lattice->steps[n]];
      if (neighbour < first) continue;
      const int top = find(s->leader, neighbour);
      if (top == lead) continue;
      s->parent[s->newest[top]] = k;
      const int other = s->size[top];
      // The larger component keeps its leader, so that its voxels need not look far.
      if (other >= size) {
        s->leader[lead] = top;
        lead = top;
      } else
        s->leader[top] = lead;
      size += other;
    }
    s->newest[lead] = k;
    s->size[lead] = s->extent[k] = size;
  }
}

static inline double power(double height, double exponent) {
  return exponent == 3 ? height * height * height : pow(height, exponent);
}

double cgr_enhance(const cgr_lattice *lattice, const float *z, const double *extent_power,
                   double height_exponent, void *scratch, double *enhanced) {
  lattice_scratch s = place_scratch(lattice, scratch);
  const double exponent = height_exponent + 1;
  double largest = 0;
  int first = 0;
  for (int sign = 1; sign >= -1; sign -= 2) {
    int count = 0;
    for (int i = 0; i < lattice->count; i++) {
      const float height = sign * z[i];
      if (!(height > 0) || height > 3e38f) continue;
      uint32_t bits;
      memcpy(&bits, &height, sizeof bits);
      s.sorted[count++] = (uint64_t)(0x7fffffffu - bits) << 32 | (uint32_t)lattice->place[i];
    }
    const uint64_t *sorted = sort_keys(s.sorted, s.spare, count);
    join(lattice, &s, sorted, first, count);
    for (int k = first + count - 1; k >= first; k--) {
      const int parent = s.parent[k];
      double below = 0, value = 0;
      if (parent != k) {
        below = power(height_of(sorted[parent - first]), exponent);
        value = s.value[parent];
      }
      const double here = power(height_of(sorted[k - first]), exponent);
      value += extent_power[s.extent[k]] * (here - below) / exponent;
      s.value[k] = value;
      if (value > largest) largest = value;
    }
    first += count;
  }
  if (enhanced)
    for (int i = 0; i < lattice->count; i++) {
      const int k = s.rank[lattice->place[i]];
      enhanced[i] = k < 0 ? 0 : s.value[k];
    }
  return largest;
}

int cgr_clusters(const cgr_lattice *lattice, const float *z, float threshold, void *scratch,
                 int *labels, int *largest_extent, double *largest_mass) {
  lattice_scratch s = place_scratch(lattice, scratch);
  if (labels) memset(labels, 0, (size_t)lattice->count * sizeof(int));
  int *voxel = s.parent;
  int first = 0, clusters = 0;
  *largest_extent = 0;
  *largest_mass = 0;
  for (int sign = 1; sign >= -1; sign -= 2) {
    int end = first;
    for (int i = 0; i < lattice->count; i++) {
      if (!(sign * z[i] >= threshold)) continue;
      const int k = end++, place = lattice->place[i];
      s.rank[place] = s.leader[k] = k;
      s.extent[k] = 1;
      s.value[k] = (double)(sign * z[i]) - (double)threshold;
      voxel[k] = i;
      for (int n = 0; n < lattice->step_count; n++) {
        const int neighbour = s.rank[place + lattice->steps[n]];
        if (neighbour < first) continue;
        const int top = find(s.leader, neighbour), own = find(s.leader, k);
        if (top == own) continue;
        // The first voxel of a cluster leads it.
        const int lead = top < own ? top : own, other = top < own ? own : top;
        s.leader[other] = lead;
        s.extent[lead] += s.extent[other];
        s.value[lead] += s.value[other];
      }
    }
    for (int k = first; k < end; k++) {
      if (s.leader[k] != k) continue;
      clusters++;
      if (s.extent[k] > *largest_extent) *largest_extent = s.extent[k];
      if (s.value[k] > *largest_mass) *largest_mass = s.value[k];
      if (labels) labels[voxel[k]] = clusters;
    }
    if (labels)
      for (int k = first; k < end; k++) labels[voxel[k]] = labels[voxel[find(s.leader, k)]];
    first = end;
  }
  return clusters;
}
