#include "build/steps.h"

#include <time.h>

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Merges repeat their phases: the same name is the same phase.  Names beyond the
 * room add to the last. */
static ns_phase *phase_of(ns_build_report *report, const char *name)
{
	for (uint32_t i = 0; i < report->n_phases; i++)
		if (!strcmp(report->phases[i].name, name))
			return &report->phases[i];
	if (report->n_phases == NS_PHASES_MAX)
		return &report->phases[NS_PHASES_MAX - 1];
	ns_phase *phase = &report->phases[report->n_phases++];
	phase->name = name;
	return phase;
}

void steps_enter(struct steps_clock *clock, const char *phase)
{
	if (!clock->report || clock->phase == phase)
		return;
	double time = now();
	if (clock->phase)
		phase_of(clock->report, clock->phase)->seconds +=
			time - clock->since;
	clock->phase = phase;
	clock->since = time;
}
