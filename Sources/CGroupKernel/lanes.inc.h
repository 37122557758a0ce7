// Sixteen numbers at once: logarithm, root, choice.

CGR_INLINE void root32(cgr_f16 *v) {
#if __has_builtin(__builtin_elementwise_sqrt)
  *v = __builtin_elementwise_sqrt(*v);
#else
  for (int l = 0; l < CGR_LANES; l++) (*v)[l] = sqrtf((*v)[l]);
#endif
}

CGR_INLINE void root(cgr_d16 *v) {
#if __has_builtin(__builtin_elementwise_sqrt)
  *v = __builtin_elementwise_sqrt(*v);
#else
  for (int l = 0; l < CGR_LANES; l++) (*v)[l] = sqrt((*v)[l]);
#endif
}

// Takes the first where the condition holds (all bits), else the second.
CGR_INLINE void choose32(const cgr_i16 *condition, const cgr_f16 *yes, const cgr_f16 *no,
                         cgr_f16 *result) {
  *result = (cgr_f16)(((cgr_i16)*yes & *condition) | ((cgr_i16)*no & ~*condition));
}

CGR_INLINE void choose(const cgr_l16 *condition, const cgr_d16 *yes, const cgr_d16 *no,
                       cgr_d16 *result) {
  *result = (cgr_d16)(((cgr_l16)*yes & *condition) | ((cgr_l16)*no & ~*condition));
}

CGR_INLINE int any_lane(const cgr_l16 *v) {
#if __has_builtin(__builtin_reduce_or)
  return __builtin_reduce_or(*v) != 0;
#else
  long long any = 0;
  for (int l = 0; l < CGR_LANES; l++) any |= (*v)[l];
  return any != 0;
#endif
}

// log(1 + x) for x of 0 or more, to about 2e-7 relative: log u by its exponent and the series of
// the inverse hyperbolic tangent, then what rounding 1 + x to u lost (Kahan).
CGR_INLINE void log_one_plus(const cgr_f16 *x, cgr_f16 *result) {
  const cgr_f16 u = 1.0f + *x;
  // The significand between the root of one half and the root of two.
  const cgr_i16 bits = (cgr_i16)u - 0x3f3504f3;
  const cgr_i16 exponent = bits >> 23;
  const cgr_f16 m = (cgr_f16)((bits & 0x007fffff) + 0x3f3504f3);
  const cgr_f16 s = (m - 1.0f) / (m + 1.0f), q = s * s;
  const cgr_f16 series = 2.0f / 3 + q * (2.0f / 5 + q * (2.0f / 7 + q * (2.0f / 9)));
  const cgr_f16 log_u =
    __builtin_convertvector(exponent, cgr_f16) * 0.693147181f + (2.0f * s + s * q * series);
  const cgr_f16 d = u - 1.0f;
  const cgr_i16 is_lost = d == 0.0f;
  const cgr_f16 one = splat32(1);
  cgr_f16 divisor;
  choose32(&is_lost, &one, &d, &divisor);
  const cgr_f16 corrected = log_u * (*x / divisor);
  choose32(&is_lost, x, &corrected, result);
}

// The normal deviate with the two-sided p of Student's t, from t^2 / df and df; positive.
// Within 7e-4 for 5 degrees of freedom, 2e-4 for 8, 1e-4 for 11 and more.
// Source: Hill (1970), Communications of the ACM 13(10), 617-619, algorithm 395.
CGR_INLINE void normal_deviate(const cgr_f16 *ratio, const cgr_f16 *degrees, cgr_f16 *z) {
  const cgr_f16 a = *degrees - 0.5f, b = 48.0f * a * a;
  cgr_f16 y;
  log_one_plus(ratio, &y);
  y *= a;
  cgr_f16 r = y;
  root32(&r);
  const cgr_f16 tail = ((0.4f * y + 3.3f) * y + 24.0f) * y + 85.5f;
  *z = r * (1.0f + (y + 3.0f - tail / (0.8f * y * y + 100.0f + b)) / b);
}
