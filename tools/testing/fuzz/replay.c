// SPDX-License-Identifier: MIT
/*
 * replay FILE...: gives inputs to the fuzz target that this is linked with, where
 * there is no libFuzzer. One that kills its process does not keep the others from
 * being tried.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "fuzz.h"

/* More than any input has. */
#define ROOM 4096

static void run(const char *path)
{
	FILE *file = fopen(path, "r");
	u8 *bytes = allocate(ROOM);
	size_t length;

	if (!file) {
		perror(path);
		exit(1);
	}
	length = fread(bytes, 1, ROOM, file);
	fclose(file);
	LLVMFuzzerTestOneInput(bytes, length);
	free(bytes);
}

static bool survives(const char *path)
{
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child) {
		run(path);
		exit(0);
	}
	waitpid(child, &status, 0);
	return !status;
}

int main(int argc, char **argv)
{
	int failed = 0, i;

	for (i = 1; i < argc; i++) {
		if (survives(argv[i]))
			continue;
		printf("# fails: %s\n", argv[i]);
		failed++;
	}
	printf("1..1\n%sok 1 - vectors and corpus\n",
	       failed || argc == 1 ? "not " : "");
	return failed || argc == 1;
}
