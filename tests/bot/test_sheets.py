"""The knowledge base as a spreadsheet: lossless there and back, and no file can harm."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.sheets import decode, encode
from faq.input_error import InputError

KEFU = Path(sys.executable).parent / "kefu"
ENTRY = """\
# The lead's notes.
- id: fees.withdraw
  dept: funds
  urgency: normal
  title: {zh: 提币手续费, en: Withdrawal fees}
  answer: {zh: '=1+1 是 {{ fees.btc }}。', en: 'It is {{ fees.btc }}.'}
  phrasings:
    zh: [提币手续费是多少]
    en: [what is the withdrawal fee]
"""
CELL = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="\n"),
    max_size=40,
).map(lambda text: text.replace("\u2028", "").replace("\u2029", ""))
RISKY = st.sampled_from(["=1+1", "+1", "-1", "@x", "'=1", "''=1", "'", "＝1", "_x000A_", "12", "x"])
TABLE = st.lists(st.tuples(st.one_of(CELL, RISKY), RISKY, st.just("end")), min_size=1, max_size=4)


def kefu(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(KEFU), "faq", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "fees.yaml").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "answers" / "values.yaml").write_text("fees: {btc: 1 sat}\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("knowledge: answers\n", encoding="utf-8")
    return tmp_path


# ── files ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
@given(table=TABLE)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_table_comes_back(tmp_path: Path, kind: str, table: list[tuple[str, str, str]]) -> None:
    path = tmp_path / f"t{kind}"
    rows = [("a", "b", "c"), *table]
    path.write_bytes(encode(kind, rows))
    assert decode(path)[1] == [list(row) for row in rows]


def test_excel_reads_the_csv_as_utf_8_and_runs_nothing() -> None:
    data = encode(".csv", [("a", "b"), ("=cmd|' /C calc'!A0", "提币")])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["'=cmd|' /C calc'!A0", "提币"]


def test_no_cell_of_an_xlsx_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(encode(".xlsx", [("a",), ('=HYPERLINK("http://x.test")',), ("@SUM(1)",)]))
    sheet = load_workbook(path)["knowledge"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


def test_what_a_cell_cannot_hold_is_told_by_row_and_column() -> None:
    with pytest.raises(InputError, match="row 2, column a: there is a control character"):
        encode(".csv", [("a",), ("\x07",)])
    with pytest.raises(InputError, match="row 2, column b: the text is longer than the 32,767"):
        encode(".xlsx", [("a", "b"), ("x", "y" * 40_000)])


def test_numbers_and_days_are_read_as_they_are_seen(tmp_path: Path) -> None:
    import datetime

    book = Workbook()
    assert book.active is not None
    book.active.append(["n", "f", "d", "b", "formula"])
    book.active.append([7, 2.0, datetime.datetime(2026, 12, 31), True, "=1+1"])
    path = tmp_path / "t.xlsx"
    book.save(path)
    assert decode(path)[1][1] == ["7", "2", "2026-12-31", "true", ""]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_of_another_country_is_read(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(delimiter.join("abc") + "\n" + delimiter.join("xyz"), encoding="utf-8")
    assert decode(path)[1] == [["a", "b", "c"], ["x", "y", "z"]]


def part(name: str, data: bytes) -> bytes:
    """A workbook in which one part is exchanged."""
    original, changed = io.BytesIO(encode(".xlsx", [("a",), ("b",)])), io.BytesIO()
    with (
        zipfile.ZipFile(original) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for known in old.namelist():
            new.writestr(known, data if known == name else old.read(known))
    return changed.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("t.xlsx", b"", "this is no XLSX file"),
        ("t.xlsx", b"PK\x03\x04 nothing", "this is no XLSX file"),
        ("t.xlsx", part(SHEET, b"\0" * 101_000_000), "the file unpacks to too much"),
        ("t.xlsx", part(SHEET, LAUGHS), "this is no XLSX file that can be read"),
        ("t.xlsx", part(SHEET, FILE), "this is no XLSX file that can be read"),
        ("t.xlsx", part(SHEET, b"<worksheet>"), "this is no XLSX file that can be read"),
        ("t.xlsx", part("[Content_Types].xml", b"<x/>"), "this is no XLSX file that can be read"),
        ("t.csv", "提币".encode("gbk"), "the file is not UTF-8; save it as “CSV UTF-8”"),
        ("t.csv", b'a,b\n"c', "this is no valid CSV"),
        ("t.csv", b"a\n" + b"x" * 200_000, "this is no valid CSV"),
        ("t.csv", b"a\n" * 30_000, "more than 20,000 rows"),
        ("t.csv", b"," * 500, "more than 20,000 rows or 200 columns"),
        ("t.csv", b"a" * 21_000_000, "the file is larger than 20 MB"),
        ("none.csv", None, "the file cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_not_a_table_is_refused(
    tmp_path: Path, name: str, data: bytes | None, says: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        decode(path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


# ── commands ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_is_imported_without_a_change(home: Path, kind: str) -> None:
    before = {path: path.read_bytes() for path in (home / "answers").iterdir()}
    assert kefu("export", f"out.{kind}", folder=home).returncode == 0
    result = kefu("import", f"out.{kind}", folder=home)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "new: 0\nchanged: 0\n"
    assert {path: path.read_bytes() for path in (home / "answers").iterdir()} == before


def test_the_built_in_base_goes_to_a_folder_of_ones_own_and_is_well_there(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("brand: Example\n", encoding="utf-8")
    assert kefu("export", "all.xlsx", folder=tmp_path).returncode == 0
    refused = kefu("import", "all.xlsx", folder=tmp_path)
    assert refused.returncode == 1
    assert "--to" in refused.stderr
    assert kefu("import", "all.xlsx", "--to", "mine", folder=tmp_path).returncode == 0
    (tmp_path / "config.yaml").write_text("brand: Example\nknowledge: mine\n", encoding="utf-8")
    check = subprocess.run(
        [str(KEFU), "check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (check.returncode, check.stderr) == (0, "")
    again = kefu("import", "all.xlsx", folder=tmp_path)
    assert again.stdout == "new: 0\nchanged: 0\n"


def edited(home: Path, old: str, new: str) -> None:
    assert kefu("export", "out.csv", "--force", folder=home).returncode == 0
    path = home / "out.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8-sig")


def test_an_edit_is_taken_over_and_a_dry_run_is_not(home: Path) -> None:
    edited(home, "what is the withdrawal fee", '"what is the withdrawal fee\nhow much is it"')
    dry = kefu("import", "out.csv", "--dry-run", folder=home)
    assert dry.returncode == 0
    assert dry.stdout == "new: 0\nchanged: 1 (fees.withdraw)\nnothing was written\n"
    fees = home / "answers" / "fees.yaml"
    assert fees.read_text(encoding="utf-8") == ENTRY
    result = kefu("import", "out.csv", folder=home)
    assert "comments in it are not kept" in result.stdout
    text = fees.read_text(encoding="utf-8")
    assert "      - how much is it\n" in text
    assert "{{ fees.btc }}" in text


def test_entries_that_are_missing_stay_unless_pruned(home: Path) -> None:
    edited(home, "fees.withdraw", "fees.other")
    text = (home / "out.csv").read_text(encoding="utf-8-sig").replace("提币手续费", "别的费用")
    text = text.replace("withdrawal fee", "other fee").replace("Withdrawal", "Other")
    (home / "out.csv").write_text(text, encoding="utf-8-sig")
    kept = kefu("import", "out.csv", folder=home)
    assert "not in the spreadsheet, kept: 1 (fees.withdraw)" in kept.stdout, kept.stderr
    assert (home / "answers" / "fees.yaml").read_text(encoding="utf-8").count("- id: ") == 2
    pruned = kefu("import", "out.csv", "--prune", folder=home)
    assert "deleted: 1 (fees.withdraw)" in pruned.stdout
    assert (home / "answers" / "fees.yaml").read_text(encoding="utf-8").count("- id: ") == 1


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("normal", "soon", "out.csv, row 2, column urgency: “soon” is no urgency"),
        ("{{ fees.btc }}.", "{{ fees.bct }}.", "out.csv, row 2, column answer.en: there is no val"),
        ("title.en", "titel.en", "out.csv, row 1"),
        ("It is", "It is {{ no", "out.csv, row 2, column answer.en: “{{ no"),
        ("what is the withdrawal fee", "?!", "row 2, column phrasings.en (line 1): a phrasing"),
    ],
)
def test_a_mistake_is_told_by_its_cell_and_nothing_is_written(
    home: Path, old: str, new: str, says: str
) -> None:
    edited(home, old, new)
    result = kefu("import", "out.csv", folder=home)
    assert result.returncode == 1
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert (home / "answers" / "fees.yaml").read_text(encoding="utf-8") == ENTRY


def test_misuse(home: Path) -> None:
    assert kefu("export", "out.txt", folder=home).returncode == 2
    assert kefu("import", folder=home).returncode == 2
    (home / "out.csv").write_text("mine", encoding="utf-8")
    refused = kefu("export", "out.csv", folder=home)
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert (home / "out.csv").read_text(encoding="utf-8") == "mine"
