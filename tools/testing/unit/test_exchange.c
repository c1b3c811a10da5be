// SPDX-License-Identifier: MIT
/*
 * drivers/core/exchange.c against the shared vectors.
 */
#include "answer-step.h"
#include "check.h"
#include "vectors-whole.h"

/* Sends what the exchange wants sent; expects the steps, all and no others. */
static void run_steps(const struct exchange_vector *v,
		      const struct mode_request *question,
		      struct mode_exchange *exchange,
		      struct mode_dialect *dialect, struct mode_answer *answers)
{
	bool more = true;
	size_t i;

	for (i = 0; i < v->count; i++) {
		const struct exchange_step *step = &v->steps[i];
		bool compare = v->compare && i == v->count - 1;
		bool expected = more && exchange->compare == compare &&
				same_request(step, question,
					     &exchange->request);

		show(v->name, expected);
		assert_true(expected);
		answers[i].buffer = malloc(step->allocation);
		assert_non_null(answers[i].buffer);
		answer_step(step, exchange->compare, &answers[i]);
		if (compare)
			break;
		more = mode_exchange_next(exchange, dialect, &answers[i]);
	}
	/* Whatever the answer to the last command is, there is no other. */
	if (i < v->count) {
		struct mode_dialect unused = *dialect;

		more = mode_exchange_next(exchange, &unused, &answers[i]);
	}
	show(v->name, !more);
	assert_false(more);
}

static void check_exchange(const struct exchange_vector *v)
{
	const struct mode_request question = {
		.page = 0x0d,
		.subpage = 0x01,
		.control = MODEPAGES_CONTROL_DEFAULT,
		.allocation = v->fixed,
	};
	struct mode_dialect dialect = v->before;
	struct mode_answer answers[4] = { 0 };
	struct mode_exchange exchange;
	size_t taken = v->count - 1;
	size_t i;

	assert_true(v->count <= ARRAY_SIZE(answers));
	mode_exchange_begin(&exchange, &dialect, &question);
	run_steps(v, &question, &exchange, &dialect, answers);

	if (v->compare &&
	    !mode_exchange_better(&exchange, &dialect, &answers[taken - 1],
				  &answers[taken]))
		taken--;
	show(v->name, taken == v->count - 1 - v->first);
	assert_int_equal(taken, v->count - 1 - v->first);
	if (!answers[taken].status.code) {
		show(v->name, answers[taken].received == v->received);
		assert_int_equal(answers[taken].received, v->received);
	}
	show(v->name, same_dialect(&dialect, &v->after));
	assert_true(same_dialect(&dialect, &v->after));
	for (i = 0; i < v->count; i++)
		free(answers[i].buffer);
}

static void test_refusals(void **state)
{
	const struct exchange_vector *v;

	(void)state;
	for_each(v, exchange_vectors)
		check_exchange(v);
}

static void test_whole(void **state)
{
	const struct exchange_vector *v;

	(void)state;
	for_each(v, whole_vectors)
		check_exchange(v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_whole),
	};

	return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
