/* locale_build.c — does the program's locale reach the bytes of an index?
 *
 *     locale_build LOCALE DIR       (LOCALE "C": no setlocale)
 *
 * Sets the locale as a program of another country would, proves that it is in
 * force, and builds an index of random articles through the public interface.  In
 * tr_TR the capital of i is İ; in de_DE one and a half is "1,5".
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nsindex.h"
#include "random_articles.h"
#include "scratch.h"

static void locale_set(const char *locale)
{
	char number[16];
	if (!strcmp(locale, "C"))
		return;
	if (!setlocale(LC_ALL, locale))
		scratch_die("locale_build: there is no locale %s", locale);
	snprintf(number, sizeof number, "%.1f", 1.5);
	if (strcmp(number, "1,5"))
		scratch_die("locale_build: %s prints %s, not a decimal comma",
		            locale, number);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		scratch_die("usage: locale_build LOCALE DIR");
	struct random random = {20170406, 20170406};
	struct random_set set;
	ns_builder *builder;
	ns_error err;
	locale_set(argv[1]);
	random_articles(&set, &random,
	                &(struct random_shape){.articles = 700, .words = 60,
	                                       .duplicates = 3});
	int status = ns_builder_open(&builder, argv[2], NULL, &err);
	for (size_t i = 0; i < set.n && status == NS_OK; i++)
		status = ns_builder_add(builder, &set.articles[i], &err);
	if (status == NS_OK)
		status = ns_builder_commit(builder, NULL, &err);
	ns_builder_free(builder);
	random_release(&set);
	if (status != NS_OK)
		scratch_die("locale_build: %s", err.message);
	return 0;
}
