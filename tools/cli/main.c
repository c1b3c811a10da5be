// SPDX-License-Identifier: MIT
/*
 * modepages: the mode pages of optical drives on the command line.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const struct verb * const verbs[] = {
	&verb_list,
	&verb_show,
	&verb_get,
	&verb_set,
	&verb_run,
	&verb_decode,
	&verb_watch,
};

#define VERBS (sizeof(verbs) / sizeof(verbs[0]))

static void print_help(void)
{
	size_t i;

	printf("Usage: modepages VERB [DEV] [ARGS] [OPTIONS]\n"
	       "Read and change the SCSI mode pages of CD, DVD and Blu-ray drives.\n\n"
	       "Verbs:\n");
	for (i = 0; i < VERBS; i++)
		printf("  %-8s%s\n", verbs[i]->name, verbs[i]->summary);
	printf("\n"
	       "DEV is /dev/modepages/H:C:T:L, /dev/srN, a path in /sys, or H:C:T:L; it can\n"
	       "be left out where there is one drive. \"modepages VERB --help\" tells more.\n");
}

static const struct verb *find_verb(const char *name)
{
	size_t i;

	for (i = 0; i < VERBS; i++)
		if (!strcmp(verbs[i]->name, name))
			return verbs[i];
	return NULL;
}

static int run_verb(int argc, char **argv)
{
	const struct verb *verb = find_verb(argv[1]);
	struct arguments arguments;
	bool done;
	int code;

	if (!verb)
		return fail(EXIT_WORDS,
			    "unknown %s '%s'; see 'modepages --help'",
			    argv[1][0] == '-' ? "option" : "verb", argv[1]);

	code = parse_arguments(&arguments, verb, argc - 1, argv + 1, &done);
	if (code == EXIT_OK && !done)
		code = verb->run(&arguments);
	free(arguments.expected);
	return code;
}

static int run(int argc, char **argv)
{
	if (argc < 2)
		return fail(EXIT_WORDS, "no verb; see 'modepages --help'");
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		print_help();
		return EXIT_OK;
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		printf("modepages %s\n", VERSION);
		return EXIT_OK;
	}
	return run_verb(argc, argv);
}

int main(int argc, char **argv)
{
	int code = run(argc, argv);

	/* Output that was lost, to a full disk for one, is no success. */
	errno = 0;
	if ((fflush(stdout) || ferror(stdout)) && code == EXIT_OK)
		return fail(EXIT_REFUSED, "can not write the output: %s",
			    errno ? strerror(errno) : "write error");
	return code;
}
