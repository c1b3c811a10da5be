// SPDX-License-Identifier: MIT
/*
 * modepages run: run a command with temporary settings.
 *
 * The settings are tied to the open file of the drive, which the command inherits:
 * they are put back when both have ended, in whatever way.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"

/* What this process does with signals, and the command gets back. */
struct signals {
	sigset_t waited;	/* for those */
	sigset_t mask;
	struct sigaction child;
};

/*
 * From now on none of them ends this process: whoever has started it is to learn what
 * becomes of the command. They are waited for in place of that.
 */
static void hold_signals(struct signals *signals)
{
	const struct sigaction by_default = { .sa_handler = SIG_DFL };

	sigemptyset(&signals->waited);
	sigaddset(&signals->waited, SIGCHLD);
	sigaddset(&signals->waited, SIGHUP);
	sigaddset(&signals->waited, SIGINT);
	sigaddset(&signals->waited, SIGQUIT);
	sigaddset(&signals->waited, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals->waited, &signals->mask);
	/* Where it is ignored, nobody can be waited for. */
	sigaction(SIGCHLD, &by_default, &signals->child);
}

/* In the child. Returns only to be told as a failure to start the command. */
static int start_command(const struct changes *changes, char **command,
			 const struct signals *signals)
{
	int fd = libmodepages_drive_get_fd(changes->drive);

	/* One more, that exec() does not close; and not in place of stdin. */
	if (fcntl(fd, F_DUPFD, STDERR_FILENO + 1) < 0)
		return fail(EXIT_NOT_RUN, "%s: can not be started: %s",
			    *command, strerror(errno));
	sigaction(SIGCHLD, &signals->child, NULL);
	sigprocmask(SIG_SETMASK, &signals->mask, NULL);
	execvp(*command, command);
	return fail(EXIT_NOT_RUN, "%s: can not be started: %s", *command,
		    strerror(errno));
}

/* Has it ended? Then *@code is the exit code to end with. */
static bool has_ended(pid_t pid, int *code)
{
	int status;

	if (waitpid(pid, &status, WNOHANG) != pid)
		return false;
	*code = WIFSIGNALED(status) ? EXIT_SIGNAL + WTERMSIG(status) :
				      WEXITSTATUS(status);
	return true;
}

/*
 * ^C and ^\ reach the command by themselves, since it is of the same process group;
 * who sends one of the others means this process, and so the command.
 */
static int wait_for(pid_t pid, const struct signals *signals)
{
	int code, number;

	while (!has_ended(pid, &code)) {
		number = sigwaitinfo(&signals->waited, NULL);
		if (number == SIGHUP || number == SIGTERM)
			kill(pid, number);
	}
	return code;
}

static int run_command(const struct changes *changes, char **command)
{
	struct signals signals;
	pid_t pid;

	hold_signals(&signals);
	pid = fork();
	if (pid < 0)
		return fail(EXIT_NOT_RUN, "%s: can not be started: %s",
			    *command, strerror(errno));
	if (!pid)
		_exit(start_command(changes, command, &signals));
	return wait_for(pid, &signals);
}

/* SG_IO changes pages, too, but nobody would put them back. */
static int check_module(const struct changes *changes)
{
	const struct libmodepages_info *info =
		libmodepages_drive_get_info(changes->drive);

	if (libmodepages_info_get_backend(info) == LIBMODEPAGES_BACKEND_MODULE)
		return EXIT_OK;
	return fail(EXIT_REFUSED,
		    "%s: nothing would put the settings back; load the module modepages",
		    address_of(changes->drive));
}

static int open_and_change(struct changes *changes)
{
	bool exclusive = changes->arguments->given & OPTION_EXCLUSIVE;
	int code = open_for_changes(changes, exclusive ?
				    LIBMODEPAGES_EXCLUSIVE : 0);

	if (code == EXIT_OK)
		code = check_module(changes);
	if (code == EXIT_OK)
		code = check_changes(changes);
	return code == EXIT_OK ? make_changes(changes) : code;
}

static int run_verb(const struct arguments *arguments)
{
	struct changes changes = {
		.arguments = arguments,
		.flags = LIBMODEPAGES_RESTORE,
	};
	int code;

	if (!arguments->command || !*arguments->command)
		return fail(EXIT_WORDS,
			    "no command; put it after '--', as in 'modepages run rw.rrc=1 -- dd if=/dev/sr0 of=image'");
	code = parse_changes(&changes);
	if (code == EXIT_OK)
		code = open_and_change(&changes);
	if (code == EXIT_OK)
		code = run_command(&changes, arguments->command);
	free_changes(&changes);
	return code;
}

const struct verb verb_run = {
	.name = "run",
	.synopsis = "run [DEV] FIELD=VALUE... [OPTIONS] -- CMD [ARG]...",
	.summary = "run a command with temporary settings",
	.help =
"Give each FIELD of drive DEV a new value, as \"modepages set\" does, run CMD, and put\n"
"the old values back when it has ended, or was killed. A CMD that outlives this\n"
"program keeps its settings. Needs the kernel module. The exit code is that of CMD;\n"
"128 and the number of the signal that has ended it; 127 if it can not be started;\n"
"1 if the settings can not be made, CMD does not run then.\n"
"\n"
"  --exclusive           keep the commands of others away meanwhile, as far as they\n"
"                        come through the module\n"
"  --expect FIELD=VALUE  change nothing unless this field has this value; may be\n"
"                        given several times\n",
	.options = OPTION_EXCLUSIVE | OPTION_EXPECT,
	.most_words = MANY_WORDS,
	.takes_command = true,
	.run = run_verb,
};
