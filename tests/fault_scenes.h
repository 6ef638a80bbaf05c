/* fault_scenes.h — what is done to an index while calls fail (faults.c)?
 *
 * Each scene says how an index comes to be, what is done to it, and what it then
 * answers.  All are of the same few random articles.
 */
#ifndef NS_TESTS_FAULT_SCENES_H
#define NS_TESTS_FAULT_SCENES_H

#include "base/err.h"
#include "scratch.h"

enum { SCENES = 8 };

struct scene {
	const char *name;
	int (*prepare)(const char *dir, ns_error *err); /* NULL: no folder */
	int (*act)(const char *dir, ns_error *err); /* NULL: it is asked */
	int (*ask)(const char *dir, uint64_t *out, ns_error *err);
	bool repairs;
	bool large; /* of those that write most */
	struct scratch_files old_files;
	uint64_t old_answers, new_answers;
};
extern struct scene scenes[SCENES];

/* Makes the articles. */
void scenes_start(void);
void scenes_end(void);

/* The act of a build over whatever is in dir. */
int scenes_build(const char *dir, ns_error *err);

/* Opens and asks; *out becomes a number that stands for all answers. */
int scenes_ask(const char *dir, uint64_t *out, ns_error *err);

/* The manifest that a scene damages. */
#define SCENES_DAMAGED "commit-0000000000000003"

/* What scenes_ask says of the commit before a damaged one; set by the scene that
 * damages. */
extern uint64_t scenes_before_damage;

#endif
