/* Flowed texts: which lines are one paragraph (RFC 3676). */
#include "mail/flowed.h"
#include "source_case.h"
#include "random.h"

static void joins(const char *text, bool delsp, const char *wanted)
{
	struct buffer out;
	buffer_init(&out, 1 << 16);
	flowed_join(slice_of(text, strlen(text)), delsp, &out);
	buffer_byte(&out, '\0');
	cr_assert_eq(out.status, NS_OK);
	cr_assert_str_eq((const char *)out.data, wanted);
	buffer_release(&out);
}

/* The RFC's (4.5): the space behind "pigeon-egg!" does not join two depths. */
Test(flowed, quote_depth_wins)
{
	joins("> Thou villainous ill-breeding spongy dizzy-eyed \n"
	      "> reeky elf-skinned pigeon-egg! \n"
	      ">> Thou artless swag-bellied milk-livered \n"
	      ">> dismal-dreaming idle-headed scut!\n"
	      ">>> Thou errant folly-fallen spleeny reeling-ripe \n"
	      ">>> unmuzzled ratsbane!\n"
	      ">>>> Henceforth, the coding style is to be strictly \n"
	      ">>>> enforced, including the use of only upper case.\n"
	      ">>>>> I've noticed a lack of adherence to the coding \n"
	      ">>>>> styles, of late.\n"
	      ">>>>>> Any complaints?\n", false,
	      "> Thou villainous ill-breeding spongy dizzy-eyed reeky "
	      "elf-skinned pigeon-egg!\n"
	      ">> Thou artless swag-bellied milk-livered dismal-dreaming "
	      "idle-headed scut!\n"
	      ">>> Thou errant folly-fallen spleeny reeling-ripe unmuzzled "
	      "ratsbane!\n"
	      ">>>> Henceforth, the coding style is to be strictly enforced, "
	      "including the use of only upper case.\n"
	      ">>>>> I've noticed a lack of adherence to the coding styles, of "
	      "late.\n"
	      ">>>>>> Any complaints?\n");
	joins("> no \n> > I did \n> not\n", false, "> no > I did not\n");
	joins("a \n> b \nc\n", false, "a\n> b\nc\n");
}

/* The RFC's (4.1, 4.2): paragraphs, and a guarded line. */
Test(flowed, paragraphs)
{
	joins("`Take some more tea,' the March Hare said to Alice, \n"
	      "very earnestly.\n\n"
	      "`I've had nothing yet,' Alice replied in an offended \n"
	      "tone, `so I can't take more.'\n", false,
	      "`Take some more tea,' the March Hare said to Alice, very "
	      "earnestly.\n\n"
	      "`I've had nothing yet,' Alice replied in an offended tone, `so I "
	      "can't take more.'\n");
	joins("one \r\ntwo \r\nthree\r\nfour\r\n", false, "one two three\nfour\n");
	joins("  two spaces\n > no mark\n From here\n >", false,
	      " two spaces\n> no mark\nFrom here\n>\n");
	joins("> text\n>text\n>  text\n>\n>  \n", false,
	      "> text\n> text\n>  text\n>\n>\n");
	joins("kept   \nspaces", false, "kept   spaces\n");
	joins("end \n\nstart \n \n", false, "end\n\nstart\n\n");
	joins("end \n> \n>\nx ", false, "end\n>\n>\nx\n");
	joins("", false, "");
	joins("\n\n \n", false, "\n\n\n");
}

Test(flowed, a_signature_is_no_paragraph)
{
	joins("Yours \n-- \nA. Ray \nof Sochi\n", false,
	      "Yours\n-- \nA. Ray of Sochi\n");
	joins("> Yours \n> -- \n> A. Ray\n-- \nB. Sun", true,
	      "> Yours\n> -- \n> A. Ray\n-- \nB. Sun\n");
	joins("a --  \nb\n--\nc\n", false, "a --  b\n--\nc\n");
}

Test(flowed, delsp)
{
	joins("東京 \n都\n", true, "東京都\n");
	joins("rain  \nin \nSochi \n\nx \n", true, "rain inSochi\n\nx\n");
}

Test(flowed, what_a_message_says)
{
	static const struct {
		const char *type, *body;
	} cases[] = {
		{"text/plain; format=flowed", "It \nrained.\n\n -- \nx\n"},
		{"text/plain; format=Flowed; delsp=yes", "a \nb"},
		{"TEXT/PLAIN; FORMAT=\"flowed\"; DelSp=no", "a \nb"},
		{"text/plain; format=fixed; delsp=yes", "a \nb"},
		{"text/plain", " a \nb"},
		{"text/html; format=flowed", "<p>a \n<p>b"},
	};
	static const char *const bodies[] = {
		"It rained.\n\n-- \nx\n", "ab\n", "a b\n", "a \nb\n", " a \nb\n",
		"a\nb\n",
	};
	struct source_case c;
	char text[256];
	case_start(&c);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		snprintf(text, sizeof text, "From: a@b.c\nSubject: s\n"
		         "Content-Type: %s\n\n%s", cases[i].type, cases[i].body);
		cr_assert_eq(case_read_text(&c, "a.eml", text), NS_OK);
		cr_assert_eq(c.n, 1);
		cr_assert_str_eq(c.articles[0].body, bodies[i], "%s: %s",
		                 cases[i].type, c.articles[0].body);
	}
	case_end(&c);
}

static bool is_word(char c)
{
	return c == 'a' || c == 'b' || c == '-';
}

/* Words keep their order, whatever stands between them; no line comes to be. */
Test(flowed, any_text)
{
	static const char letters[] = "ab >-\n\r ";
	struct random random = random_start(20171);
	struct buffer out;
	buffer_init(&out, 1 << 16);
	for (int round = 0; round < 20000; round++) {
		char text[64];
		size_t n = random_below(&random, sizeof text), at = 0;
		size_t lines = 1;
		for (size_t i = 0; i < n; i++) {
			text[i] = letters[random_below(&random, 8)];
			lines += text[i] == '\n';
		}
		buffer_clear(&out);
		flowed_join(slice_of(text, n), round % 2, &out);
		for (size_t i = 0; i < out.len; i++) {
			char c = (char)out.data[i];
			lines -= c == '\n';
			if (!is_word(c))
				continue;
			while (at < n && !is_word(text[at]))
				at++;
			cr_assert(at < n && text[at] == c, "seed %ju, round %d",
			          (uintmax_t)random.seed, round);
			at++;
		}
		while (at < n && !is_word(text[at]))
			at++;
		cr_assert_eq(at, n, "seed %ju, round %d",
		             (uintmax_t)random.seed, round);
		cr_assert_leq(lines, n + 1);
		cr_assert(!out.len || out.data[out.len - 1] == '\n');
	}
	buffer_release(&out);
}
