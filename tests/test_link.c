/* A link is a whole address beside that of its page. */
#include <criterion/criterion.h>

#include "random.h"
#include "source/link.h"

static struct slice text(const char *s)
{
	return slice_of(s, strlen(s));
}

Test(link, joins)
{
	static const char *const cases[][3] = {
		{"/a", "https://x.org/b/c.html", "https://x.org/a"},
		{"/a", "https://x.org", "https://x.org/a"},
		{"/a", "HTTP://x.org?q", "HTTP://x.org/a"},
		{"a", "https://x.org/b/c?d=/e", "https://x.org/b/a"},
		{"a", "https://x.org", "https://x.org/a"},
		{"a/b:c", "https://x.org/", "https://x.org/a/b:c"},
		{"./a", "https://x.org/b/c", "https://x.org/b/a"},
		{"../a", "https://x.org/b/c/d", "https://x.org/b/a"},
		{"../../../a", "https://x.org/b/c/d", "https://x.org/a"},
		{"..", "https://x.org/b/c/d", "https://x.org/b/c/.."},
		{"../", "https://x.org/b/c/d", "https://x.org/b/"},
		{"?p=2", "https://x.org/b?p=1#e", "https://x.org/b?p=2"},
		{"#e", "https://x.org/b?p=1#f", "https://x.org/b?p=1#e"},
		{"//y.org/a", "https://x.org/b", "https://y.org/a"},
		{"http://y.org/a", "https://x.org/b", "http://y.org/a"},
		{"mid:a@b", "https://x.org/b", "mid:a@b"},
		{"/a", "urn:x", "/a"},
		{"/a", "", "/a"},
		{"", "https://x.org/b", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buffer out;
		buffer_init(&out, 1 << 10);
		link_join(text(cases[i][0]), text(cases[i][1]), &out);
		buffer_byte(&out, '\0');
		cr_assert_str_eq((char *)out.data, cases[i][2], "%s beside %s",
		                 cases[i][0], cases[i][1]);
		buffer_release(&out);
	}
}

/* Whatever both are, nothing outside of them is read and the link is kept. */
Test(link, random_bytes)
{
	static const char signs[] = "/.?#:a";
	struct random r = random_start(0x71A4);
	for (int round = 0; round < 20000; round++) {
		size_t n = random_below(&r, 12), m = random_below(&r, 12);
		char *link = malloc(n + 1), *base = malloc(m + 9);
		size_t start = random_below(&r, 2) ? 7 : 0;
		memcpy(base, "http://", start);
		for (size_t i = 0; i < n; i++)
			link[i] = signs[random_below(&r, sizeof signs)];
		for (size_t i = 0; i < m; i++)
			base[start + i] = signs[random_below(&r, sizeof signs)];
		struct buffer out;
		buffer_init(&out, 1 << 10);
		link_join(slice_of(link, n), slice_of(base, start + m), &out);
		cr_assert_eq(out.status, NS_OK, "seed %#llx",
		             (unsigned long long)r.seed);
		cr_assert_leq(out.len, n + start + m + 1, "seed %#llx",
		              (unsigned long long)r.seed);
		buffer_release(&out);
		free(link);
		free(base);
	}
}
