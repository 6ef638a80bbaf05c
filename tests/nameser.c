/* nameser.c — may a program include both headers that own the prefix ns_?
 *
 * glibc's resolver has ns_msg, ns_type, ns_class, ns_parserr, ns_name_…; a
 * clash would show here, in either order, from C and from C++.  Compiled, not
 * run.
 */
#ifdef NSINDEX_FIRST
#include "nsindex.h"

#include <arpa/nameser.h>
#else
#include <arpa/nameser.h>

#include "nsindex.h"
#endif

#include <resolv.h>

int nameser_uses_both(ns_msg *message, ns_error *err);

int nameser_uses_both(ns_msg *message, ns_error *err)
{
	ns_rr record;
	uint64_t count = 0;
	if (ns_parserr(message, ns_s_an, 0, &record) < 0)
		return ns_index_count("", &count, err);
	return (int)ns_t_a;
}
