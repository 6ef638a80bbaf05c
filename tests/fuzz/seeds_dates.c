/* seeds_dates.c — dates as people and machines write them. */
#include "tests/fuzz/seeds.h"

void seeds_of_dates(void)
{
	static const char *const texts[][2] = {
		{"", "2017-04-06"}, {"", "20170406T123005Z"},
		{"", "2017-04-06 12:30:05.25 +02:00"},
		{"", "Thu, 6 Apr 2017 12:30:05 +0200 (CEST)"},
		{"en-US", "Thursday, April 6th, 2017 at 10:30 a.m. EDT"},
		{"", "26-FEB-1987 15:01:01.01\x05\x05\x05V RM"},
		{"fi", "6. huhtikuuta 2017 klo 10.30"},
		{"fr", "Mis à jour le 6 avril 2017 à 10h30"},
		{"ru", "Опубликовано: 6 апреля 2017 г. в 13:30 МСК"},
		{"de", "06.04.17, 12.30 Uhr"}, {"en_GB", "06/04/2017 10:30 GMT+3"},
		{"", "January 1, 1989, Sunday, Home Edition"},
		{"en-IN", "6 Apr 2017 | 16:00 IST"}, {"", "2017/04/06"},
	};
	struct buffer out;
	buffer_init(&out, SIZE_MAX);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		buffer_byte(&out, (uint8_t)strlen(texts[i][0]));
		buffer_text(&out, texts[i][0]);
		buffer_text(&out, texts[i][1]);
		seed_keep("date", &out);
	}
	buffer_release(&out);
}
