#include "base/cpu.h"

#include "base/base.h"

static enum cpu_level detect(void)
{
#if defined(__x86_64__)
	__builtin_cpu_init();
	if (!__builtin_cpu_supports("sse4.2") || !__builtin_cpu_supports("popcnt"))
		return CPU_SCALAR;
	if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2"))
		return CPU_SSE42;
	if (!__builtin_cpu_supports("avx512f") ||
	    !__builtin_cpu_supports("avx512bw") ||
	    !__builtin_cpu_supports("avx512vl") ||
	    !__builtin_cpu_supports("avx512vbmi") ||
	    !__builtin_cpu_supports("avx512vbmi2"))
		return CPU_AVX2;
	return CPU_AVX512;
#else
	return CPU_SCALAR;
#endif
}

static enum cpu_level lowered(enum cpu_level level)
{
	static const char *const names[] = {"scalar", "sse42", "avx2", "avx512"};
	const char *wanted = getenv("NS_CPU");
	for (size_t i = 0; wanted && i < ARRAY_LEN(names); i++)
		if (!strcmp(wanted, names[i]) && (enum cpu_level)i < level)
			return (enum cpu_level)i;
	return level;
}

int cpu_decided = -1;

enum cpu_level cpu_decide(void)
{
	/* racing threads compute the same value; the store is atomic */
	int level = (int)lowered(detect());
	__atomic_store_n(&cpu_decided, level, __ATOMIC_RELAXED);
	return (enum cpu_level)level;
}
