/* How is the logarithm of bits.h found without 32 squarings, to the same bit?
 *
 * A table of 1/m for 32 pieces of [1,2) leaves log2(1 + r), |r| ≤ 2^-6, to seven
 * terms of its series: within 2^-50 of the truth.  The squarings truncate, which
 * takes less than 2^-61 off.  So both have the same 32 bits but where the truth
 * lies within 2^-44 above or below a multiple of 2^-32; there, once in 2,048
 * numbers, the squarings decide.  23 ns against 171 (Sapphire Rapids, gcc 12).
 */
#include "base/bits.h"

/* 512/m to nearest, and log2(512 / that) in units of 2^-62. */
static const struct { uint16_t inverse; uint64_t log; } pieces[32] = {
	{504, 0x01743EE861F35563}, {489, 0x043E698D198EB733},
	{475, 0x06ED040BE494E4F2}, {462, 0x097CF196ADFEE84D},
	{449, 0x0C1F98266E2D535C}, {437, 0x0E9FEAA1D256AE3D},
	{426, 0x10FA848044B35108}, {415, 0x1364E2511CC820CF},
	{405, 0x15A56D7A370DED62}, {395, 0x17F462E58E168828},
	{386, 0x1A152F142981B3D8}, {377, 0x1C42D5C4C688B3CF},
	{368, 0x1E7DF5FE538AB34F}, {360, 0x20857A9734F93132},
	{352, 0x2298AC1FCD15F102}, {345, 0x2473772407798669},
	{338, 0x2657FDC6E1DCD0CB}, {331, 0x2846A853AE553BA9},
	{324, 0x2A3FE5C604297860}, {318, 0x2BF9B9C4E4FBB68A},
	{312, 0x2DBBF854F1F8C67E}, {306, 0x2F86F5244FCFF691},
	{301, 0x310C600E275BF88F}, {295, 0x32E84E6E6FA3CA9B},
	{290, 0x347C5E95887EC06B}, {285, 0x361775C932BACE08},
	{280, 0x37B9D3B992C30E35}, {275, 0x3963BB8832DEDB05},
	{271, 0x3ABE11F27F31124B}, {266, 0x3C7640A8DEAA9421},
	{262, 0x3DDC65C55D997DA2}, {258, 0x3F480D7A4887BD74},
};

static uint64_t squarings(uint64_t mantissa)
{
	uint64_t fraction = 0;
	for (int i = 0; i < 32; i++) {
		unsigned __int128 square =
			(unsigned __int128)mantissa * mantissa;
		fraction <<= 1;
		if (square >> 127) {
			fraction |= 1;
			mantissa = (uint64_t)(square >> 64);
		} else {
			mantissa = (uint64_t)(square >> 63);
		}
	}
	return fraction;
}

static int64_t times(int64_t a, int64_t b)
{
	return (int64_t)((__int128)a * b >> 62);
}

/* log2(1 + r), all in units of 2^-62; pairs of terms, not to wait for each. */
static int64_t series(int64_t r)
{
	const int64_t term[] = { /* 1 / (k ln 2) */
		0x5C551D94AE0BF85E, 0x2E2A8ECA5705FC2F, 0x1EC709DC3A03FD75,
		0x171547652B82FE17, 0x12776C50EF9BFE79, 0x0F6384EE1D01FEBA,
		0x0D30BB153D6F6CA0,
	};
	int64_t square = times(r, r);
	int64_t sum = term[4] - times(r, term[5]) + times(square, term[6]);
	sum = term[2] - times(r, term[3]) + times(square, sum);
	sum = term[0] - times(r, term[1]) + times(square, sum);
	return times(r, sum);
}

uint64_t bits_log2(uint64_t value)
{
	const uint64_t doubt = (uint64_t)1 << (62 - 44);
	unsigned whole = bits_width64(value) - 1;
	/* mantissa in [1,2) with 63 fraction bits */
	uint64_t mantissa = value << (63 - whole);
	unsigned i = mantissa >> 58 & 31;
	unsigned __int128 one = (unsigned __int128)1 << 72;
	__int128 r = (__int128)((unsigned __int128)mantissa *
	                        pieces[i].inverse - one);
	uint64_t log = pieces[i].log + (uint64_t)series((int64_t)(r >> 10));
	uint64_t rest = log & (((uint64_t)1 << 30) - 1);
	uint64_t fraction = log >> 30;
	if (rest - doubt >= ((uint64_t)1 << 30) - 2 * doubt)
		fraction = squarings(mantissa);
	return ((uint64_t)whole << 32) | fraction;
}
