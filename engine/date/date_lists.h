/* date_lists.h — which words of a date are there, script by script?
 *
 * Strings that strstr finds a word in, blanks around it, folded as date_letters.h
 * does.  Two lists, so that a word is looked for among those of its own scripts
 * alone.
 */
#ifndef NS_DATE_DATE_LISTS_H
#define NS_DATE_DATE_LISTS_H

struct date_lists {
	const char *months[12], *weekdays, *fillers, *relative;
};

extern const struct date_lists date_lists_latin;  /* and Cyrillic */
extern const struct date_lists date_lists_others; /* Greek to Thai */

#endif
