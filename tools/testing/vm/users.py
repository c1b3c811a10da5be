# SPDX-License-Identifier: MIT
"""
Users of drives that come and go. A test that takes a drive away from them waits
first until they are at work: else it would pass without any.
"""

import contextlib
import errno
import os
import threading
import time

import uapi
from drives import read, wait_until, write

# What there is to say of a drive that goes, or of one that is not there yet.
GONE = {errno.ENODEV, errno.ENOENT, errno.ENXIO, errno.ENODATA}
CLASS = "/sys/class/modepages"


class Users:
    """
    Threads that use a drive again and again, whether it is there or not. Notes
    the errors that they should not get, which are all but GONE and those in also;
    good counts what went well, for each.
    """

    def __init__(self, *jobs, also=()):
        self.expected = GONE | set(also)
        self.stop = threading.Event()
        self.unexpected = []
        self.good = [0] * len(jobs)
        self.threads = [threading.Thread(target=self.loop, args=numbered,
                                         daemon=True)
                        for numbered in enumerate(jobs)]

    def loop(self, number, job):
        while not self.stop.is_set():
            try:
                job()
                self.good[number] += 1
            except OSError as error:
                if error.errno not in self.expected:
                    self.unexpected.append(error)
            time.sleep(0.001)

    def wait_at_work(self):
        """
        Until each has begun after this, and all went well. They go on, so what
        comes next comes while they are at it.
        """
        before = list(self.good)
        wait_until(lambda: all(now > then + 1 for now, then in
                               zip(self.good, before)),
                   "each of them can use it")

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(60)
        assert not any(thread.is_alive() for thread in self.threads)
        assert not self.unexpected, self.unexpected


# What they do.

def read_if_there(path):
    """It may go while one looks, or what it tells of: a page that is shorter now."""
    try:
        read(path, "rb")
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ENODATA):
            raise


def reads_all(address):
    """Each file of a page, and the others."""
    def job():
        for directory in ("modepages", "changeable", "default", "saved",
                          "capabilities"):
            path = f"{CLASS}/{address}/{directory}"
            with contextlib.suppress(FileNotFoundError):
                for name in os.listdir(path):
                    read_if_there(f"{path}/{name}")
        for name in ("supported", "generation", "last_status", "quirks",
                     "uevent"):
            read(f"{CLASS}/{address}/{name}")
    return job


def reads_fresh(address, code):
    """A page's file, which takes a command each time."""
    def job():
        write(f"{CLASS}/{address}/max_age_ms", 0)
        read(f"{CLASS}/{address}/modepages/{code:02x}", "rb")
    return job


def asks_all(address):
    """Each ioctl, on a node that is opened and closed."""
    def job():
        fd = os.open(f"/dev/modepages/{address}", os.O_RDWR)
        try:
            for error in (uapi.info(fd)[0], uapi.entries(fd)[0],
                          uapi.get(fd, 0x01)[0]):
                if error:
                    raise OSError(error, "ioctl")
        finally:
            os.close(fd)
    return job


def refreshes(address):
    return lambda: write(f"{CLASS}/{address}/refresh", 1)


def delete_and_find_again(drive):
    """By sysfs; its files go at once, and its address is free for the next one."""
    host = drive.address.split(":", maxsplit=1)[0]
    write(f"/sys/class/scsi_device/{drive.address}/device/delete", 1)
    assert not os.path.exists(drive.sysfs)
    write(f"/sys/class/scsi_host/host{host}/scan", "- - -")
    wait_until(lambda: os.path.exists(drive.page_file(0x2a)), "it is back")


def everybody(address):
    return Users(reads_all(address), reads_all(address), asks_all(address),
                 refreshes(address))


def stack(process, thread=None):
    """Where it is in the kernel; nothing when it is no more."""
    try:
        return read(f"/proc/{process}/task/{thread or process}/stack")
    except (FileNotFoundError, ProcessLookupError):
        return ""
