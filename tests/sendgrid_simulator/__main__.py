"""Play SendGrid on this machine, to try it without an account.

    python -m tests.sendgrid_simulator [--port 8025] [--webhook http://127.0.0.1:8766/sendgrid]

Shows every message that it takes, and reports to the webhook. Ctrl-C or SIGTERM ends it.
"""

import argparse
import random
import signal
import time

from tests.sendgrid_simulator import Pump, Service, Simulator

ENDING = {signal.SIGINT, signal.SIGTERM}


def main():
    # Blocked in every thread and fetched below: a signal that is delivered to a handler can
    # be lost inside a callback or deadlock on the lock that it interrupts.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    options = argparse.ArgumentParser(prog="python -m tests.sendgrid_simulator")
    options.add_argument("--port", type=int, default=8025)
    options.add_argument("--webhook", default="", help="where to report events, on this machine")
    chosen = options.parse_args()
    service = Service(clock=time.time)
    pump = Pump(service, chosen.webhook, random.Random()) if chosen.webhook else None
    with Simulator(service, chosen.port) as server:
        print("SendGrid is simulated on this machine. Stop it with Ctrl-C.")
        print(f'Under [transport.sendgrid], write base_url = "{server.url}"')
        if pump:
            print(f'Under [feedback.webhook], write keys = ["{pump.public_key}"]', flush=True)
        show_until_stopped(service, pump)


def show_until_stopped(service, pump):
    shown = 0
    while signal.sigtimedwait(ENDING, 0.5) is None:
        if pump:
            pump.turn()
        for taken in service.taken[shown:]:
            print(f"{taken.address}  {taken.subject}", flush=True)
            shown += 1


if __name__ == "__main__":
    main()
