# SPDX-License-Identifier: MIT
"""The kernel's uevents, as udev gets them; whether udev runs or not."""

import socket
import time

from drives import wait_until

NETLINK_KOBJECT_UEVENT = 15
KERNEL_GROUP = 1
BUFFER = 64 << 20
SO_RCVBUFFORCE = 33


class Uevents:
    """Those of our devices, from the moment that it is entered; their properties."""

    def __init__(self, subsystem="modepages"):
        self.subsystem = subsystem
        self.socket = None
        self.seen = []

    def __enter__(self):
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM,
                                    NETLINK_KOBJECT_UEVENT)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)
        self.socket.bind((0, KERNEL_GROUP))
        self.socket.setblocking(False)
        return self

    def __exit__(self, *_):
        self.socket.close()

    def _receive(self):
        while True:
            try:
                message = self.socket.recv(65536)
            except BlockingIOError:
                return
            words = message.decode(errors="replace").split("\0")[1:]
            event = dict(word.split("=", 1) for word in words if "=" in word)
            if event.get("SUBSYSTEM") == self.subsystem:
                self.seen.append(event)

    def of(self, address, action=None):
        """Those of a drive so far."""
        self._receive()
        return [event for event in self.seen
                if event["DEVPATH"].endswith(f"/{address}") and
                action in (None, event["ACTION"])]

    def wait(self, address, action, count=1):
        """The events of a drive, when there are so many."""
        wait_until(lambda: len(self.of(address, action)) >= count,
                   f"{count} {action} of {address}")
        return self.of(address, action)

    def quiet(self, seconds=1):
        """
        No news for a while. What would come late, an event that must not be, is
        missed by this, never one that must.
        """
        self._receive()
        count = None
        while count != len(self.seen):
            count = len(self.seen)
            time.sleep(seconds)
            self._receive()


def codes(text):
    """Of MODEPAGES_SUPPORTED or MODEPAGES_CHANGED."""
    return [int(word, 16) for word in text.split()]
