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

static void expect_request(struct kunit *test, const struct exchange_step *step,
			   const struct mode_request *request)
{
	KUNIT_EXPECT_EQ(test, request->form, step->form);
	KUNIT_EXPECT_EQ(test, request->dbd, step->dbd);
	KUNIT_EXPECT_EQ(test, request->allocation, step->allocation);
	KUNIT_EXPECT_EQ(test, request->page, 0x0d);
	KUNIT_EXPECT_EQ(test, request->subpage, 0x01);
	KUNIT_EXPECT_EQ(test, request->control, MODEPAGES_CONTROL_DEFAULT);
}

static void expect_dialect(struct kunit *test, const struct mode_dialect *known,
			   const struct mode_dialect *expected)
{
	KUNIT_EXPECT_EQ(test, known->form, expected->form);
	KUNIT_EXPECT_EQ(test, known->form_known, expected->form_known);
	KUNIT_EXPECT_EQ(test, known->shape, expected->shape);
	KUNIT_EXPECT_EQ(test, known->shape_known, expected->shape_known);
	KUNIT_EXPECT_EQ(test, known->quirks, expected->quirks);
	KUNIT_EXPECT_EQ(test, known->one_too_much, expected->one_too_much);
}

/* Sends what the exchange wants sent; expects the steps, all and no others. */
static void run_steps(struct kunit *test, struct mode_exchange *exchange,
		      struct mode_dialect *dialect, struct mode_answer *answers)
{
	const struct exchange_vector *v = test->param_value;
	size_t i, last = v->count - 1;

	for (i = 0; i <= last; i++) {
		const struct exchange_step *step = &v->steps[i];
		bool compare = v->compare && i == last;
		struct mode_dialect unused = *dialect;
		bool more;

		expect_request(test, step, &exchange->request);
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
	run_steps(test, &exchange, &dialect, answers);

	if (v->compare &&
	    !mode_exchange_better(&exchange, &dialect, &answers[taken - 1],
				  &answers[taken]))
		taken--;
	KUNIT_ASSERT_EQ(test, taken, v->count - 1 - v->first);
	if (!answers[taken].status.code)
		KUNIT_EXPECT_EQ(test, answers[taken].received, v->received);
	expect_dialect(test, &dialect, &v->after);
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
