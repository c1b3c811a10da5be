// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/core/exchange.c against the shared vectors.
 */
#include <kunit/test.h>

#include "answer-step.h"
#include "vectors-whole.h"

/* The most that an exchange has. */
#define MAX_STEPS 4

KUNIT_ARRAY_PARAM_DESC(refusals, exchange_vectors, name);
KUNIT_ARRAY_PARAM_DESC(whole, whole_vectors, name);

/* Sends what the exchange wants sent; expects the steps, all and no others. */
static void run_steps(struct kunit *test, const struct mode_request *question,
		      struct mode_exchange *exchange,
		      struct mode_dialect *dialect, struct mode_answer *answers)
{
	const struct exchange_vector *v = test->param_value;
	size_t i, last = v->count - 1;

	for (i = 0; i <= last; i++) {
		const struct exchange_step *step = &v->steps[i];
		bool compare = v->compare && i == last;
		struct mode_dialect unused = *dialect;
		bool more;

		KUNIT_EXPECT_TRUE(test, same_request(step, question,
						     &exchange->request));
		KUNIT_ASSERT_EQ(test, exchange->compare, compare);
		answers[i].buffer = kunit_kmalloc(test, step->allocation,
						  GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, answers[i].buffer);
		answer_step(step, exchange->compare, &answers[i]);
		/* An answer to be compared is not asked what it teaches. */
		more = mode_exchange_next(exchange, compare ? &unused : dialect,
					  &answers[i]);
		KUNIT_ASSERT_EQ(test, more, i < last);
	}
}

static void check_exchange(struct kunit *test)
{
	const struct exchange_vector *v = test->param_value;
	const struct mode_request question = {
		.page = 0x0d,
		.subpage = 0x01,
		.control = MODEPAGES_CONTROL_DEFAULT,
		.allocation = v->fixed,
	};
	struct mode_dialect dialect = v->before;
	struct mode_answer answers[MAX_STEPS] = {};
	struct mode_exchange exchange;
	size_t taken = v->count - 1;

	KUNIT_ASSERT_LE(test, v->count, MAX_STEPS);
	mode_exchange_begin(&exchange, &dialect, &question);
	run_steps(test, &question, &exchange, &dialect, answers);

	if (v->compare &&
	    !mode_exchange_better(&exchange, &dialect, &answers[taken - 1],
				  &answers[taken]))
		taken--;
	KUNIT_ASSERT_EQ(test, taken, v->count - 1 - v->first);
	if (!answers[taken].status.code)
		KUNIT_EXPECT_EQ(test, answers[taken].received, v->received);
	KUNIT_EXPECT_TRUE(test, same_dialect(&dialect, &v->after));
}

static void test_refusals(struct kunit *test)
{
	check_exchange(test);
}

static void test_whole(struct kunit *test)
{
	check_exchange(test);
}

static struct kunit_case exchange_cases[] = {
	KUNIT_CASE_PARAM(test_refusals, refusals_gen_params),
	KUNIT_CASE_PARAM(test_whole, whole_gen_params),
	{}
};

static struct kunit_suite exchange_suite = {
	.name = "modepages-exchange",
	.test_cases = exchange_cases,
};

kunit_test_suite(exchange_suite);
