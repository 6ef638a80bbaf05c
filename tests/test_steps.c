/* test_steps.c — does the time of a build go into its phases? */
#include <criterion/criterion.h>

#include <time.h>
#include <unistd.h>

#include "build/steps.h"
#include "folder.h"

static void wait_ms(long ms)
{
	const struct timespec time = {0, ms * 1000000};
	nanosleep(&time, NULL);
}

static double seconds_of(const ns_build_report *report, const char *name)
{
	for (uint32_t i = 0; i < report->n_phases; i++)
		if (!strcmp(report->phases[i].name, name))
			return report->phases[i].seconds;
	return -1;
}

Test(steps, a_phase_that_comes_again_is_the_same)
{
	ns_build_report report = {0};
	struct steps_clock clock = {.report = &report};
	const struct steps steps = {.clock = &clock};
	for (int round = 0; round < 3; round++) {
		cr_assert_eq(steps_tell(&steps, "a", 0, 2048, NULL), NS_OK);
		wait_ms(4);
		cr_assert_eq(steps_tell(&steps, "b", 0, 1, NULL), NS_OK);
		steps_enter(&clock, NULL);
		wait_ms(20);
	}
	cr_assert_eq(report.n_phases, 2u);
	cr_assert_str_eq(report.phases[0].name, "a");
	cr_assert_geq(seconds_of(&report, "a"), 0.012);
	/* what lies between phases is of none */
	cr_assert_lt(seconds_of(&report, "b"), 0.012);
}

Test(steps, more_names_than_room_go_into_the_last)
{
	ns_build_report report = {0};
	struct steps_clock clock = {.report = &report};
	char names[NS_PHASES_MAX + 3][8];
	for (unsigned i = 0; i < NS_PHASES_MAX + 3; i++) {
		sprintf(names[i], "%u", i);
		steps_enter(&clock, names[i]);
		wait_ms(2);
	}
	steps_enter(&clock, NULL);
	cr_assert_eq(report.n_phases, NS_PHASES_MAX);
	cr_assert_geq(report.phases[NS_PHASES_MAX - 1].seconds, 0.008);
}

static bool slow(void *context, const char *phase, uint64_t done,
                 uint64_t total)
{
	(void)context, (void)done, (void)total;
	if (!strcmp(phase, "writing lists") || !strcmp(phase, "merging lists"))
		wait_ms(10);
	return true;
}

static void commit(const char *dir, const char *id, bool merge,
                   ns_build_report *report)
{
	const ns_build_options options = {.update = true, .no_sync = true,
	                                  .progress = slow};
	ns_article article = ns_article_empty();
	ns_builder *builder;
	article.id = ns_text_of(id);
	article.body = ns_text_of("It rained all day.");
	cr_assert_eq(ns_builder_open(&builder, dir, &options, NULL), NS_OK);
	cr_assert_eq(ns_builder_add(builder, &article, NULL), NS_OK);
	if (merge)
		cr_assert_eq(ns_builder_merge(builder, true, NULL), NS_OK);
	cr_assert_eq(ns_builder_commit(builder, report, NULL), NS_OK);
	ns_builder_free(builder);
}

Test(steps, a_build_tells_where_its_time_went)
{
	ns_build_report report;
	char dir[] = "/tmp/ns-test-XXXXXX";
	cr_assert(mkdtemp(dir));
	commit(dir, "a", false, &report);
	cr_assert_str_eq(report.phases[0].name, "adding");
	cr_assert_geq(seconds_of(&report, "writing lists"), 0.01);
	cr_assert_geq(seconds_of(&report, "committing"), 0);
	cr_assert_eq(seconds_of(&report, "merging lists"), -1);
	commit(dir, "b", true, &report);
	cr_assert_geq(seconds_of(&report, "verifying"), 0);
	cr_assert_geq(seconds_of(&report, "merging lists"), 0.01);
	folder_remove(dir);
}
