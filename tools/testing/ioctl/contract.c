// SPDX-License-Identifier: MIT
#include "contract.h"

#include <errno.h>
#include <string.h>

#include "arena.h"

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

/* LIST counts entries, GET counts bytes. */
static void find_answer(struct contract *contract)
{
	const union argument *in = &contract->in;
	uint64_t room = 0;

	if (is(contract, MODEPAGES_IOCTL_LIST)) {
		contract->fill = answer_list();
		contract->target = in->list.entries;
		room = (uint64_t)in->list.count *
			sizeof(struct modepages_list_entry);
	} else if (is(contract, MODEPAGES_IOCTL_GET)) {
		contract->fill = answer_get(&in->get);
		contract->target = in->get.data;
		room = in->get.length;
	}
	if (!contract->fill)
		return;
	contract->length = room < contract->fill->length ?
		room : contract->fill->length;
	contract->error = contract->fill->error;
	if (!arena_writable(contract->target, contract->length))
		contract->error = -EFAULT;
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
	if (argument_is_good(contract))
		find_answer(contract);
	else
		contract->error = -EINVAL;
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
		contract->in.get.flags & MODEPAGES_GET_CACHED;
}

static bool error_is_good(const struct contract *contract)
{
	bool cached = contract_is_cached(contract);
	int error = contract->call->error;

	if (error == contract->error)
		return true;
	if (error == -ENODEV)
		return answers_end;
	if (!cached || !contract->fill)
		return false;
	/* It may not be known; or known from all pages not to be there. */
	return error == -ENODATA ||
		(error == -ENOENT && contract->fill->error);
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
	if (error == -EINVAL) {
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
		if (member->role == ROLE_OUT && call->error != -EINVAL)
			continue;
		if (member->role == ROLE_LENGTH && call->error == -EFAULT)
			continue;
		from = (void *)&contract->in + member->offset;
		if (member->role == ROLE_LENGTH && !call->error)
			from = &contract->fill->count;
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

static void check_get(const struct contract *contract,
		      const struct modepages_get *get)
{
	uint32_t result = contract->fill->result;

	if (contract_is_cached(contract))
		result |= MODEPAGES_RESULT_CACHED;
	expect(get->result == result);
}

/* The argument was read, and can be written: the drive's turn. */
static void check_outcome(const struct contract *contract)
{
	const struct call *call = contract->call;
	union argument out = contract->in;

	expect(error_is_good(contract));
	arena_get(call->address, &out, min(out.size, call->type->size));
	if (call->error == -EFAULT)
		arena_accept(contract->target, contract->length);
	else
		check_status(contract, (void *)&out + call->type->status);
	if (!call->error && contract->fill)
		arena_expect(contract->target, contract->fill->bytes,
			     contract->length);
	expect_members(contract, &out);

	if (call->error)
		return;
	if (is(contract, MODEPAGES_IOCTL_INFO))
		check_info(&out.info);
	if (is(contract, MODEPAGES_IOCTL_GET))
		check_get(contract, &out.get);
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
		arena_accept(contract->target, contract->length);
		arena_accept(call->address,
			     min(contract->in.size, call->type->size));
	}
	expect_no_other_byte();
}
