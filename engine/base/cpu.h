/* cpu.h — which instructions may we use?  Decided once.
 *
 * Levels are cumulative.  The environment variable NS_CPU (scalar, sse42, avx2,
 * avx512) lowers the level, never raises it: tests compare the answers of all.
 */
#ifndef NS_BASE_CPU_H
#define NS_BASE_CPU_H

enum cpu_level { CPU_SCALAR, CPU_SSE42, CPU_AVX2, CPU_AVX512 };

/* Of cpu_level alone: the level, or below 0 until it is decided. */
extern int cpu_decided;
enum cpu_level cpu_decide(void);

/* The level in force.  Any thread.  A load and a comparison: it is asked several
 * times a query. */
static inline enum cpu_level cpu_level(void)
{
	int level = __atomic_load_n(&cpu_decided, __ATOMIC_RELAXED);
	return level < 0 ? cpu_decide() : (enum cpu_level)level;
}

/* For the target attribute of a function that uses AVX-512: gcc would make vectors
 * of 256 bits of its loops.  clang knows no preferred width, and ignores the whole
 * attribute where one is named: there the intrinsics say it alone. */
#if defined(__clang__)
#define CPU_WIDE ""
#else
#define CPU_WIDE ",prefer-vector-width=512"
#endif

#endif
