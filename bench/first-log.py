#!/usr/bin/env python3
"""Writes a log such as the first RePlexOn's scripts left behind, and what really happened, run by run.

The same arguments give the same bytes. There are runs that failed, crashed in the middle of a line or before a block of
zeros, were tried again on the same day or begun from the web page (which leaves a line in the tracking file alone),
snapshots that failed, clean-ups that did less than they said or did not reach the NAS; dates of several locales and
zones, in UTF-8 and Latin-1; and file names that look like something else.
"""
import argparse
import json
import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

DAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun", "de": "Mo Di Mi Do Fr Sa So", "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "es": "lun mar mié jue vie sáb dom", "it": "lun mar mer gio ven sab dom", "nl": "ma di wo do vr za zo",
}
MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic", "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
}
# What `date` prints where LC_TIME is so: a, b, d and e are as in strftime, r and T are the times of 12 and 24 hours.
LOCALES = {
    "C": ("en", "{a} {b} {e} {T} {Z} {Y}"), "en_US": ("en", "{a} {b} {e} {r} {Z} {Y}"), "en_CA": ("en", "{a} {d} {b} {Y} {r} {Z}"),
    "en_GB": ("en", "{a} {e} {b} {T} {Z} {Y}"), "de_DE": ("de", "{a} {D}. {b} {T} {Z} {Y}"), "de_AT": ("de", "{a} {d} {b} {Y} {T} {Z}"),
    "fr_FR": ("fr", "{a} {d} {b} {Y} {T} {Z}"), "es_ES": ("es", "{a} {d} {b} {Y} {T} {Z}"), "it_IT": ("it", "{a} {D} {b} {Y}, {T}, {Z}"),
    "nl_NL": ("nl", "{a} {e} {b} {Y} {k} {Z}"),
}
# Who lives where, how their locale writes dates, in which character set, and how their rsync writes numbers.
PEOPLE = [
    ("America/New_York", "en_US", "utf-8", ","), ("America/New_York", "C", "utf-8", ","), ("Europe/London", "en_GB", "utf-8", ","),
    ("Europe/Berlin", "de_DE", "utf-8", "."), ("Europe/Vienna", "de_AT", "latin-1", "."), ("Europe/Paris", "fr_FR", "utf-8", "."),
    ("Europe/Madrid", "es_ES", "utf-8", "."), ("Europe/Rome", "it_IT", "latin-1", "."), ("Europe/Amsterdam", "nl_NL", "utf-8", "."),
    ("America/Toronto", "en_CA", "utf-8", ","), ("America/Chicago", "en_US", "utf-8", ","), ("Australia/Sydney", "C", "utf-8", ","),
    ("America/Sao_Paulo", "C", "utf-8", ","), ("Asia/Tokyo", "C", "utf-8", ","), ("UTC", "C", "utf-8", ","),
]
FAILURES = [5, 10, 11, 12, 23, 30, 24]


class Writer:
    def __init__(self, arguments):
        self.arguments = arguments
        self.random = random.Random(arguments.seed)
        self.log = open(arguments.log, "wb")
        self.truth, self.tracking = [], []
        self.names = [self.name() for _ in range(500)]

    def name(self):
        pick = self.random.random()
        folder = "Metadata/Movies/%x/%032x.bundle" % (self.random.randrange(16), self.random.getrandbits(128))
        if pick < 0.01:
            return (folder + "/=== sent 5 bytes  received 6 bytes").encode()
        if pick < 0.02:
            return folder.encode() + b"/caf\xe9 \xff\xfe.jpg"
        return (folder + "/Contents/_stored/posters/com.plexapp.agents.imdb_%040x" % self.random.getrandbits(160)).encode()

    def line(self, text, charset="utf-8"):
        self.log.write(text.encode(charset) + b"\n")

    def files(self, most):
        for _ in range(self.random.randrange(most)):
            self.log.write(self.random.choice(self.names) + b"\n")

    def date(self, moment):
        language, form = LOCALES[self.locale]
        hour = moment.hour % 12 or 12
        clock = ":%02d:%02d" % (moment.minute, moment.second)
        return form.format(
            a=DAYS[language].split()[moment.weekday()], b=MONTHS[language].split()[moment.month - 1], d="%02d" % moment.day,
            D=moment.day, e="%2d" % moment.day, Y=moment.year, Z=moment.tzname(), T="%02d%s" % (moment.hour, clock),
            k="%2d%s" % (moment.hour, clock), r="%02d%s %s" % (hour, clock, "PM" if moment.hour >= 12 else "AM"))

    def number(self, value, human):
        if not human:
            return format(value, ",").replace(",", self.separator)
        for unit, size in (("T", 10**12), ("G", 10**9), ("M", 10**6), ("K", 10**3)):
            if value >= size:
                return ("%.2f%s" % (value / size, unit)).replace(".", "," if self.separator == "." else ".")
        return str(value)

    def shown(self, value, human):
        """What can be known of a number once it was printed."""
        if not human or value < 1000:
            return value
        text = self.number(value, True).replace(",", ".")
        return round(float(text[:-1]) * 100) * 10 ** {"K": 3, "M": 6, "G": 9, "T": 12}[text[-1]] // 100

    def tell(self, kind, status, start, end=None, code=0, sent=0, total=0):
        end = end or start
        self.truth.append({
            "kind": kind, "status": status, "start": start.isoformat(), "end": end.isoformat(),
            "seconds": (end.astimezone(timezone.utc) - start.astimezone(timezone.utc)).total_seconds(), "code": code, "sent": sent,
            "total": total,
        })

    def marker(self, text):
        self.log.write(text.encode(self.charset, "replace") + b"\n")

    def copy(self, kind, start, what, good_word):
        """A run of rsync between two markers; returns when it ended, and its code, or None where it crashed."""
        human = self.random.random() < 0.7
        self.marker("=== %s Started: %s ===" % (what, self.date(start)))
        self.line("sending incremental file list")
        self.files(self.arguments.lines)
        fate = self.random.random()
        if fate < 0.005:
            self.log.write(self.random.choice([b"Metadata/Movies/half a li", b"\0" * self.random.choice([7, 5000]), b"one more\n"]))
            self.tell(kind, "Interrupted", start)
            return start, None
        seconds = self.random.randrange(20, 3000)
        end = (start.astimezone(timezone.utc) + timedelta(seconds=seconds)).astimezone(start.tzinfo)
        sent, total = self.random.randrange(900, 10**10), self.random.randrange(10**6, 10**11)
        code = self.random.choice(FAILURES) if fate > 0.95 else 0
        if code in (0, 23, 24):
            self.line("")
            self.line("sent %s bytes  received %s bytes  %s bytes/sec" % (
                self.number(sent, human), self.number(sent // 7, human), self.number(sent // seconds, human)))
            self.line("total size is %s  speedup is %.2f" % (self.number(total, human), total / sent))
            sent, total = self.shown(sent, human), self.shown(total, human)
        else:
            sent = total = 0
        if code:
            self.line("rsync error: something of an error (code %d) at main.c(1338) [sender=3.2.7]" % code)
            self.marker("=== %s FAILED with code %d: %s ===" % (what, code, self.date(end)))
        else:
            self.marker("=== %s %s: %s ===" % (what, good_word, self.date(end)))
        status = "Succeeded" if code == 0 else "Warning" if code == 24 and kind == "Mirror" else "Failed"
        self.tell(kind, status, start, end, code, sent, total)
        return end, code

    def mirror(self, start):
        end, code = self.copy("Mirror", start, "Plex Backup", "Completed Successfully")
        if code is None:
            return False
        self.tracking.append("%s:%s" % (start.strftime("%Y-%m-%d"), "failed" if code else "success"))
        if code == 0 and start.weekday() == 6:
            self.line("Sunday detected - creating weekly snapshot")
            if self.random.random() < 0.8:
                self.line("The source and destination cannot both be remote.")
                self.line("rsync error: syntax or usage error (code 1) at main.c(1428) [Receiver=3.2.7]")
                self.line("WARNING: Weekly snapshot failed with code 1")
                self.tell("Snapshot", "Failed", end, code=1)
            else:
                self.line("Weekly snapshot created: plex-snapshots/%s/" % start.strftime("%Y-%m-%d"))
                self.tell("Snapshot", "Succeeded", end)
        return code == 0

    def clean_up(self, start):
        self.marker("=== Plex Snapshot Cleanup - %s ====" % self.date(start))
        pick = self.random.random()
        if pick < 0.3:
            self.line("Only 3 snapshots found (keeping 4). Nothing to clean.")
            self.line("Cleanup complete.")
            self.tell("Prune", "Succeeded", start)
        elif pick < 0.4:
            self.line("ssh: connect to host 192.168.1.100 port 22: No route to host")
            self.line("Only 0 snapshots found (keeping 4). Nothing to clean.")
            self.tell("Prune", "Failed", start, code=10)
        else:
            meant = self.random.randrange(1, 4)
            self.line("Found %d snapshots, keeping 4, deleting %d oldest" % (meant + 4, meant))
            self.line("Deleting: /volume1/plex-backups/plex-snapshots/2020-01-05/")
            self.line("Cleanup complete. Removed %d old snapshot(s)." % meant)
            self.tell("Prune", "Succeeded" if meant == 1 else "Warning", start)

    def write(self):
        day = datetime(2012, 1, 1)
        while len(self.truth) < self.arguments.runs:
            person = PEOPLE[day.toordinal() // 90 % len(PEOPLE)]
            zone, self.locale, self.charset, self.separator = ZoneInfo(person[0]), *person[1:]
            at = lambda hour, minute=0: day.replace(hour=hour, minute=minute, second=self.random.randrange(3), tzinfo=zone)
            good = self.mirror(at(3))
            if day.weekday() == 6:
                self.clean_up(at(4))
            if day.day == 1:
                self.copy("ConfigBackup", at(5), "Script Config Backup", self.random.choice(["Completed", "Completed Successfully"]))
            if not good and self.random.random() < 0.5:
                self.mirror(at(18, self.random.randrange(60)))
            if self.random.random() < 0.01:
                self.tracking.append("%s:success" % day.strftime("%Y-%m-%d"))
                self.truth.append({"kind": "Mirror", "status": "Succeeded", "day": day.strftime("%Y-%m-%d")})
            day += timedelta(days=1)
        self.log.close()
        with open(self.arguments.tracking, "w") as file:
            file.writelines(line + "\n" for line in self.tracking)
        if self.arguments.truth:
            with open(self.arguments.truth, "w") as file:
                json.dump(self.truth, file)
        print(len(self.truth))


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--log", required=True, help="the log to write")
parser.add_argument("--tracking", required=True, help="the tracking file to write")
parser.add_argument("--truth", help="what really happened, as JSON")
parser.add_argument("--runs", type=int, default=5000, help="how many runs, about")
parser.add_argument("--lines", type=int, default=80, help="most lines of files in a run; half of that as a rule")
parser.add_argument("--seed", type=int, default=1)
Writer(parser.parse_args()).write()
