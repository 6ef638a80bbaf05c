/* cpu.h — which instructions may we use?  Decided once.
 *
 * Levels are cumulative.  The environment variable NS_CPU (scalar, sse42, avx2,
 * avx512) lowers the level, never raises it: tests compare the answers of all.
 */
#ifndef NS_BASE_CPU_H
#define NS_BASE_CPU_H

enum cpu_level { CPU_SCALAR, CPU_SSE42, CPU_AVX2, CPU_AVX512 };

/* The level in force.  Any thread. */
enum cpu_level cpu_level(void);

#endif
