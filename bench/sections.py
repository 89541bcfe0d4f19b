"""What is measured, section by section of the page."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import inf
from pathlib import Path

import rivals
from measure import Cost, cost_of
from provider import HERE, PURE, Package, Provider, change_some, invent
from report import Section, gigabytes, said

PROCESSES = 2
GIGABYTE = 900  # in megabytes: files of about that size
REMITTANCES_NOTE = (
    "Generated files, the same for all readers; the gigabyte, and large files for slow readers, "
    "only with `--full`. Where a reader was not given a file that Requite read, its ratio is by "
    "size."
)
SCREEN_NOTE = (
    "Over {accounts:,} accounts. The scan sums five columns of the same Parquet with DuckDB: what "
    "was charged, posted and on which line, paid, and adjusted. The screen reads the sums of each "
    "service line that the import lays down once; what they cost is shown apart and with it."
)
WHOLE_NOTE = (
    "{accounts:,} accounts with {transactions:,} ledger entries and {remit_lines:,} remittance "
    "lines. The determination goes from the store to the files that `detect` writes: screen, "
    "gather, domain, output. The import goes before it: every value, key and reference of the "
    "feed is checked, remittances and ledger are brought together, and the rows are laid down by "
    "account. "
    "Cost counts as linear where an account costs at most a fifth more, and wall time as falling "
    "where two processes take at most three quarters of what one takes."
)
OTHERS_NOTE = (
    "Four causes ({causes}) of {accounts:,} accounts, found by two other programs: naive pandas "
    "(merge, group by, apply; one process) from the Parquet of the feed, and set-based SQL in "
    "PostgreSQL from its CSV, load included. Both are compared with Requite's findings on "
    "accounts where no other cause is at work. Requite's cost is that of {large:,} accounts "
    "above, all causes, with clocks and sentences; costs are compared by account."
)


@dataclass
class Plan:
    """How much is measured, where, and what several sections share."""

    work: Path
    accounts: int
    rival_accounts: int
    domain_accounts: int
    is_full: bool
    package: Package  # compiled, unless only the pure one is to be measured
    account_lines: tuple[int, int] = (3_000, 30_000)  # of one account, small and large
    scan_seconds: float = inf

    @cached_property
    def provider(self) -> Provider:
        """The provider of full size, its feed in the store."""
        return self.imported[0]

    @cached_property
    def imported(self) -> tuple[Provider, Cost]:
        """The provider of full size, and what its import cost."""
        provider = invent(self.work / "whole", self.accounts)
        return provider, provider.bring(self.package, PROCESSES)

    def scan(self) -> float:
        """Processor seconds of summing five columns of the store, the least seen so far."""
        seconds = PURE.step("scan", self.provider.store).said["cpu_seconds"]
        self.scan_seconds = min(self.scan_seconds, float(seconds))
        return self.scan_seconds

    @cached_property
    def determined(self) -> Cost:
        """The determination of the whole store, in one process."""
        return self.provider.determine(self.package, 1)


def screen(plan: Plan) -> Section:
    """Which accounts can hold a credit, against a plain scan."""
    section = Section(
        "Screen",
        [SCREEN_NOTE.format(accounts=plan.accounts)],
    )
    plan.scan()
    cost = plan.package.step("screen", plan.provider.store, plan.provider.as_of)
    scan, seconds = plan.scan(), cost.said["cpu_seconds"]
    section.add("Scan", said(scan, "CPU s"))
    section.add("Screen", said(seconds, "CPU s"))
    section.at_most("Screen against the scan", seconds / scan, 6, "times")
    sums = plan.package.step("sums", plan.provider.store).said["cpu_seconds"]
    section.add("Sums that the import makes for it", said(sums, "CPU s"))
    both = (seconds + sums) / scan
    section.at_most("Screen and those sums against the scan", both, 6, "times")
    section.at_most("Memory", gigabytes(cost.peak_bytes), 0.6, "GB")
    passed = cost.said["passed"] / cost.said["accounts"]
    section.at_most("Accounts passed on a clean feed", 100 * passed, 12, "%")
    return section


def domain(plan: Plan) -> Section:
    """Accounts a processor second, their rows in memory."""
    section = Section("Domain")
    words = ("domain", plan.provider.store, plan.provider.as_of, str(plan.domain_accounts))
    kinds = [(PURE, "pure Python", 6_000)]
    if plan.package is not PURE:
        kinds.append((plan.package, "compiled", 15_000))
    for package, kind, target in kinds:
        figures = package.step(*words).said
        unit = "accounts a CPU s"
        section.at_least(f"All accounts, {kind}", figures["all"], target, unit)
        section.add(f"Only those the screen passes, {kind}", said(figures["passed"], unit))
        section.add(f"Yardstick beside it, {kind}", said(figures["loop_seconds"], "CPU s"))
    _one_account(plan, section)
    section.notes.append(
        f"Up to {plan.domain_accounts:,} accounts with {said(figures['entries'])} ledger entries "
        "each, rows already in memory, one process. The yardstick is a loop of ten million "
        "additions in plain Python: where it takes longer, other work slowed the machine."
    )
    return section


def _one_account(plan: Plan, section: Section) -> None:
    """What one account costs as it grows tenfold, in all the ways in which it may be kept."""
    small, large = (plan.package.step("growth", str(lines)).said for lines in plan.account_lines)
    postings = large["entries"] // large["kinds"]
    section.add(
        f"One account of {postings:,} postings on {plan.account_lines[1]:,} lines",
        said(large["seconds"] / large["kinds"], "CPU s"),
    )
    fewer = f"against one of {small['entries'] // small['kinds']:,} postings"
    section.add(f"{fewer}, domain alone", said(large["seconds"] / small["seconds"], "times"))
    one, other = (plan.package.step("one", str(lines)).said for lines in plan.account_lines)
    section.add("Its feed from files to findings", said(other["seconds"] / other["kinds"], "CPU s"))
    section.at_most(fewer, other["seconds"] / one["seconds"], 12, "times")


def whole(plan: Plan) -> Section:
    """From the store to the findings, and how that grows."""
    provider, imported = plan.imported
    rows = imported.said
    section = Section(
        "The whole",
        [WHOLE_NOTE.format(**rows)],
    )
    plan.scan()
    alone, together = plan.determined, provider.determine(plan.package, PROCESSES)
    scan, seconds = plan.scan(), alone.cpu_seconds
    section.add("Import", each(imported.cpu_seconds, plan.accounts))
    section.add("Determination", each(seconds, plan.accounts))
    output = said(alone.said["output_seconds"], "CPU s")
    section.add("of it putting findings, proof and worklist together", output)
    section.add("Determination a remittance line", said(1e6 * seconds / rows["remit_lines"], "µs"))
    section.at_most("Determination against the scan", seconds / scan, 60, "times")
    both = seconds + imported.cpu_seconds
    what = "Import and determination against the scan"
    section.add(what, said(both / scan, "times"))
    peak = max(alone.peak_bytes, together.peak_bytes)
    section.at_most("Memory of the determination, all processes", gigabytes(peak), 1.5, "GB")
    section.at_most("Memory of the import", gigabytes(imported.peak_bytes), 1.5, "GB")
    section.at_most(
        f"Wall time with {PROCESSES} processes against one ({said(alone.wall_seconds, 's')})",
        together.wall_seconds / alone.wall_seconds, 0.75, "times",
    )  # fmt: skip
    _growth(plan, section)
    _later(plan, section, both)
    return section


def each(seconds: float, accounts: int) -> str:
    """Processor seconds, and what they are for one account."""
    return f"{said(seconds, 'CPU s')}, {said(1e6 * seconds / accounts, 'µs an account')}"


def _growth(plan: Plan, section: Section) -> None:
    """From a tenth of the accounts to all: what each costs."""
    accounts = max(plan.accounts // 10, 1)
    tenth = invent(plan.work / "tenth", accounts)
    imported = tenth.bring(plan.package, PROCESSES)
    determined = tenth.determine(plan.package, 1)
    for name, small, large, target in (
        ("Import", imported, plan.imported[1], 1.2),
        ("Determination", determined, plan.determined, 1.2),
    ):
        growth = large.cpu_seconds / plan.accounts / (small.cpu_seconds / accounts)
        what = f"{name}, cost an account against that of {accounts:,} accounts"
        section.at_most(what, growth, target, "times")


def _later(plan: Plan, section: Section, first_seconds: float) -> None:
    """A second run, with a feed of the one account in a hundred that has changed."""
    provider = plan.provider
    change_some(provider)
    imported = provider.bring_changes(plan.package, PROCESSES)
    determined = provider.determine(plan.package, 1)
    again = imported.cpu_seconds + determined.cpu_seconds
    section.at_most(
        "Import of 1 % of the accounts, changed, and determination, against the first time",
        100 * again / first_seconds, 3, "%",
    )  # fmt: skip
    section.add("of it the import", each(imported.cpu_seconds, plan.accounts))


def others(plan: Plan) -> Section:
    """Four causes in pandas and in PostgreSQL."""
    accounts = plan.rival_accounts
    section = Section(
        "Against other ways",
        [
            OTHERS_NOTE.format(
                causes=", ".join(rivals.CAUSES), accounts=accounts, large=plan.accounts
            )
        ],
    )
    provider = invent(plan.work / "rivals", accounts)
    out = provider.folder / "findings"
    plan.package.command("detect", provider.feed, "--out", out, "--as-of", provider.as_of)
    for name, run, amount in (
        ("pandas", _pandas, "amount_cents"),
        ("PostgreSQL", _sql, "round(amount * 100)"),
    ):
        found = provider.folder / f"{name}.csv"
        try:
            seconds = run(plan, provider, found)
        except (rivals.cluster.NoPostgres, subprocess.CalledProcessError) as reason:
            section.notes.append(f"{name} was not measured: {reason}")
            continue
        _compare(plan, section, name, seconds)
        _agree(section, name, rivals.agreement(out, found, amount))
    return section


def _pandas(plan: Plan, provider: Provider, found: Path) -> float:
    python = rivals.environment(plan.work / "pandas")
    return rivals.run_pandas(python, provider.feed, found).cpu_seconds


def _sql(plan: Plan, provider: Provider, found: Path) -> float:
    as_csv = invent(plan.work / "rivals-csv", provider.accounts, form="csv")
    cpu_seconds, _ = rivals.run_sql(as_csv.feed, found)
    return cpu_seconds


def _compare(plan: Plan, section: Section, name: str, seconds: float) -> None:
    theirs = seconds / plan.rival_accounts
    section.add(name, each(seconds, plan.rival_accounts))
    ours = plan.determined.cpu_seconds / plan.accounts
    with_import = ours + plan.imported[1].cpu_seconds / plan.accounts
    for what, cost in (("determination", ours), ("import and determination", with_import)):
        label = f"{name} against Requite's {what}"
        if name == "pandas":
            section.at_least(label, theirs / cost, 200, "times")
        else:
            section.add(label, said(theirs / cost, "times"))


def _agree(section: Section, name: str, both: rivals.Agreement) -> None:
    section.add(
        f"{name} and Requite find the same",
        f"{both.same_pairs:,} of {both.pairs:,} accounts and causes; "
        f"${both.same_cents / 100:,.2f} of ${both.our_cents / 100:,.2f}, "
        f"and ${(both.their_cents - both.same_cents) / 100:,.2f} besides",
    )


def remittances(plan: Plan) -> Section:
    """Reading 835 files, against other readers."""
    section = Section("835 files", [REMITTANCES_NOTE])
    folder = plan.work / "835"
    folder.mkdir()
    size = ["full"] if plan.is_full else []
    for run in cost_of([sys.executable, HERE / "readers.py", folder, *size]).said["runs"]:
        section.add(run["what"], run["measured"])
        if run["reader"].startswith("pyx12"):
            section.at_least("of it the ratio to Requite", run["ratio"], 100, "times")
        if run["reader"].startswith("Requite") and run["megabytes"] > GIGABYTE:
            section.at_most("of it the memory", run["peak_megabytes"], 400, "MB")
    return section


SECTIONS: dict[str, Callable[[Plan], Section]] = {
    "screen": screen,
    "domain": domain,
    "whole": whole,
    "others": others,
    "835": remittances,
}
