// SPDX-License-Identifier: MIT
#include "contract.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "arena.h"
#include "contract-change.h"

static bool is(const struct contract *contract, unsigned int number)
{
	return contract->call->number == number;
}

static bool all_zero(const void *bytes, size_t length)
{
	const uint8_t *byte = bytes;

	while (length--)
		if (*byte++)
			return false;
	return true;
}

static bool tail_is_set(const struct call *call, uint32_t size)
{
	uint8_t bytes[PAGE_SIZE] = { 0 };

	if (size <= call->type->size)
		return false;
	arena_get(call->address, bytes, size);
	return !all_zero(bytes + call->type->size, size - call->type->size);
}

static int refusal(struct contract *contract)
{
	const struct call *call = contract->call;
	uint32_t size;

	if (!call->type)
		return -ENOTTY;
	if (!arena_readable(call->address, sizeof(size)))
		return -EFAULT;
	arena_get(call->address, &size, sizeof(size));
	if (size > PAGE_SIZE)
		return -E2BIG;
	if (size < call->type->first_size)
		return -EINVAL;
	contract->tail_is_set = tail_is_set(call, size);
	if (!arena_readable(call->address, size))
		return -EFAULT;
	return contract->tail_is_set ? -E2BIG : 0;
}

static uint64_t value_of(const struct member *member, const void *argument)
{
	uint64_t value = 0;

	memcpy(&value, argument + member->offset,
	       min(member->size, sizeof(value)));
	return value;
}

static bool member_is_good(const struct member *member, const void *argument)
{
	uint64_t value = value_of(member, argument);

	switch (member->role) {
	case ROLE_FLAGS:
		return !(value & ~(uint64_t)member->most);
	case ROLE_NUMBER:
		return value <= member->most;
	case ROLE_RESERVED:
		return !value;
	default:
		return true;
	}
}

static bool argument_is_good(const struct contract *contract)
{
	const struct modepages_get *get = &contract->in.get;
	const struct member *member = contract->call->type->members;

	for (; member->role; member++)
		if (!member_is_good(member, &contract->in))
			return false;
	return !is(contract, MODEPAGES_IOCTL_GET) ||
		get->page != MODEPAGES_PAGE_ALL || !get->subpage;
}

static int answer(struct contract *contract, const struct answer *answer,
		  uint64_t target, uint64_t room)
{
	struct filling *filling = &contract->fillings[0];

	contract->answer = answer;
	contract->counted = !answer->error;
	contract->count = answer->count;
	contract->result = answer->result;
	filling->bytes = answer->bytes;
	filling->target = target;
	filling->length = room < answer->length ? room : answer->length;
	contract->unwritable = !arena_writable(target, filling->length);
	return answer->error;
}

/* LIST counts entries, the others count bytes. */
static int find_outcome(struct contract *contract)
{
	const union argument *in = &contract->in;

	switch (contract->call->number) {
	case MODEPAGES_IOCTL_LIST:
		return answer(contract, answer_list(), in->list.entries,
			      (uint64_t)in->list.count *
			      sizeof(struct modepages_list_entry));
	case MODEPAGES_IOCTL_GET:
		return answer(contract, answer_get(&in->get), in->get.data,
			      in->get.length);
	case MODEPAGES_IOCTL_SET:
		return contract_set(contract);
	case MODEPAGES_IOCTL_MODIFY:
		return contract_modify(contract);
	default:
		return 0;
	}
}

/* The node can't be written to; nothing else is looked at then. */
static bool forbidden(const struct contract *contract)
{
	return contract->call->type->writes &&
		(fcntl(NODE, F_GETFL) & O_ACCMODE) == O_RDONLY;
}

void contract_make(struct contract *contract, const struct call *call)
{
	const struct ioctl_type *type = call->type;
	union argument *in = &contract->in;

	memset(contract, 0, sizeof(*contract));
	contract->call = call;
	contract->refused = refusal(contract);
	if (contract->refused)
		return;

	arena_get(call->address, &in->size, sizeof(in->size));
	arena_get(call->address, in, min(in->size, type->size));
	contract->writable = arena_writable(call->address,
					    min(in->size, type->size));
	if (forbidden(contract))
		contract->error = -EBADF;
	else if (argument_is_good(contract))
		contract->error = find_outcome(contract);
	else
		contract->error = -EINVAL;
	if (contract->unwritable)
		contract->error = -EFAULT;
}

/* Of a tail that is set, and where memory ends, either may be told. */
static void check_refusal(const struct contract *contract)
{
	int error = contract->call->error;

	expect(error == contract->refused ||
	       (error == -E2BIG && contract->refused == -EFAULT &&
		contract->tail_is_set));
}

bool contract_is_cached(const struct contract *contract)
{
	return is(contract, MODEPAGES_IOCTL_GET) &&
		contract->in.get.flags;
}

static bool error_is_good(const struct contract *contract)
{
	bool cached = contract_is_cached(contract);
	int error = contract->call->error;

	if (error == contract->error)
		return true;
	if (error == -ENODEV)
		return answers_end;
	if (!cached || !contract->answer)
		return false;
	/* It may not be known; or known from all pages not to be there. */
	return error == -ENODATA ||
		(error == -ENOENT && contract->answer->error);
}

static void check_status(const struct contract *contract,
			 const struct modepages_status *status)
{
	int error = contract->call->error;

	expect(status_fits(status, error));
	expect(!status->reserved);
	expect(status->sense_len <= sizeof(status->sense));
	expect(all_zero(status->sense + status->sense_len,
			sizeof(status->sense) - status->sense_len));
	if (!error)
		expect(status->stage == MODEPAGES_STAGE_NONE);
	if (error == -EPERM || error == -ESTALE)
		expect(status->flags == (MODEPAGES_STATUS_FIELD |
					 MODEPAGES_STATUS_FIELD_PAGE |
					 MODEPAGES_STATUS_FIELD_BIT));
	if (error == -EINVAL || error == -EBADF || error == -EPERM ||
	    error == -ESTALE)
		expect(status->stage == MODEPAGES_STAGE_CHECK);
	if (error == -EINVAL || error == -EBADF) {
		expect(status->stage == MODEPAGES_STAGE_CHECK);
		expect(all_zero(&status->scsi_status,
				sizeof(*status) - 2 * sizeof(__u32)));
	}
}

/* What went in is still there, but for a length, which is the true one. */
static void expect_members(const struct contract *contract,
			   const union argument *out)
{
	const struct call *call = contract->call;
	const struct member *member = call->type->members;
	union argument expected = *out;
	const void *from;

	expected.size = contract->in.size;
	for (; member->role; member++) {
		if (member->role == ROLE_OUT &&
		    (call->error != -EINVAL || call->type->writes))
			continue;
		if (member->role == ROLE_LENGTH &&
		    (call->error == -EFAULT || call->error == -ENODEV))
			continue;
		from = (void *)&contract->in + member->offset;
		if (member->role == ROLE_LENGTH && contract->counted &&
		    call->error == contract->error)
			from = &contract->count;
		memcpy((void *)&expected + member->offset, from, member->size);
	}
	arena_expect(call->address, &expected,
		     min(expected.size, call->type->size));
}

static void check_info(const struct modepages_info *info)
{
	static uint64_t generation;

	expect(info->generation >= generation);
	generation = info->generation;
}

static uint32_t result_of(const struct contract *contract,
			  const union argument *out)
{
	switch (contract->call->number) {
	case MODEPAGES_IOCTL_GET:
		return out->get.result;
	case MODEPAGES_IOCTL_SET:
		return out->set.result;
	case MODEPAGES_IOCTL_MODIFY:
		return out->modify.result;
	default:
		return 0;
	}
}

static void check_result(const struct contract *contract,
			 const union argument *out)
{
	uint32_t result = contract->result;

	if (is(contract, MODEPAGES_IOCTL_GET) &&
	    contract->in.get.flags == MODEPAGES_GET_RECENT)
		/* It may have been known, or not. */
		result |= out->get.result & MODEPAGES_RESULT_CACHED;
	else if (contract_is_cached(contract))
		result |= MODEPAGES_RESULT_CACHED;
	if (!is(contract, MODEPAGES_IOCTL_LIST))
		expect(result_of(contract, out) == result);
}

/* A refusal may come with the page before, if it is one that was foreseen. */
static void expect_fillings(const struct contract *contract)
{
	int error = contract->call->error;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(contract->fillings); i++) {
		const struct filling *filling = &contract->fillings[i];

		if (error == -EFAULT || error == -ENODEV)
			arena_accept(filling->target, filling->length);
		else if (error == contract->error)
			arena_expect(filling->target, filling->bytes,
				     filling->length);
	}
}

/* The argument was read, and can be written: the drive's turn. */
static void check_outcome(const struct contract *contract)
{
	const struct call *call = contract->call;
	union argument out = contract->in;

	expect(error_is_good(contract));
	arena_get(call->address, &out, min(out.size, call->type->size));
	if (call->error != -EFAULT)
		check_status(contract, (void *)&out + call->type->status);
	expect_fillings(contract);
	expect_members(contract, &out);

	if (call->error)
		return;
	check_result(contract, &out);
	if (is(contract, MODEPAGES_IOCTL_INFO))
		check_info(&out.info);
}

void contract_check(const struct contract *contract)
{
	const struct call *call = contract->call;

	if (contract->refused) {
		check_refusal(contract);
	} else if (contract->writable) {
		check_outcome(contract);
	} else {
		/* It may have been done; its outcome could not be told. */
		expect(call->error == -EFAULT);
		expect_fillings(contract);
		arena_accept(call->address,
			     min(contract->in.size, call->type->size));
	}
	expect_no_other_byte();
}
