"""Tables as CSV and XLSX files: read with bounds, and written so that no text is a formula."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from faq.input_error import InputError
from faq.sheet import CellError

SHEET: Final = "knowledge"

_BYTES: Final = 20_000_000
_UNPACKED: Final = 100_000_000
_PARTS: Final = 200
_ROWS: Final = 20_000
_COLUMNS: Final = 200
_CELL: Final = 32_767
"""Characters of a cell that Excel can hold."""

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_DEFUSED: Final = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_WIDTHS: Final = {"id": 26, "title": 24, "answer": 60, "phrasings": 40, "steps": 50}
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_BOLD: Final = Font(bold=True)

Rows = Iterable[Sequence[str]]


def encode(kind: str, rows: Rows) -> bytes:
    """A table as a file's bytes. Raises CellError for what a cell cannot hold."""
    checked = list(_checked(rows))
    return _encode_csv(checked) if kind == ".csv" else _encode_xlsx(checked)


def decode(path: Path) -> tuple[str, list[list[str]]]:
    """The rows of a file, and how errors should call it. Raises InputError."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _BYTES else b""
    except OSError as error:
        raise _unfit(path, f"the file cannot be read ({error.strerror})", "name another") from None
    if size > _BYTES:
        raise _unfit(path, f"the file is larger than {_BYTES // 10**6} MB", "split it into several")
    if path.suffix.lower() == ".csv":
        return str(path), _decode_csv(path, data)
    return f"{path}, sheet {SHEET}", _decode_xlsx(path, data)


def _unfit(path: Path, problem: str, instead: str) -> InputError:
    return InputError(str(path), 1, problem, instead)


def _checked(rows: Rows) -> Iterator[Sequence[str]]:
    headings: Sequence[str] = ()
    for number, row in enumerate(rows, start=1):
        headings = headings or row
        for column, cell in zip(headings, row, strict=True):
            if len(cell) > _CELL:
                problem = f"the text is longer than the {_CELL:,} characters that a cell can hold"
                raise CellError("the table", number, column, problem, "split the entry")
            if ILLEGAL_CHARACTERS_RE.search(cell):
                problem = "there is a control character, which a spreadsheet cannot hold"
                raise CellError("the table", number, column, problem, "delete it")
        yield row


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────


def _encode_csv(rows: Rows) -> bytes:
    """With a byte order mark, without which Excel takes UTF-8 for something else."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _decode_csv(path: Path, data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unfit(path, "the file is not UTF-8", "save it as “CSV UTF-8”, or as XLSX") from None
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append([cell[1:] if _DEFUSED.match(cell) else cell for cell in row])
            _bound(path, len(rows), len(row))
    except csv.Error as error:
        raise InputError(
            str(path), reader.line_num, f"this is no valid CSV ({error})", "look at the quotes"
        ) from None
    return rows


def _bound(path: Path, rows: int, columns: int) -> None:
    if rows > _ROWS or columns > _COLUMNS:
        raise _unfit(
            path, f"there are more than {_ROWS:,} rows or {_COLUMNS} columns", "split the file"
        )


# ── XLSX ─────────────────────────────────────────────────────────────────────────────────────


def _encode_xlsx(rows: Rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "C2"
    for number, row in enumerate(rows, start=1):
        if number == 1:
            for index, heading in enumerate(row):
                width = _WIDTHS.get(heading.partition(".")[0], 14)
                sheet.column_dimensions[_letters(index)].width = width
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            if text:
                cell.data_type = "s"
            if _FORMULA.match(text):
                cell.quotePrefix = True
            cell.alignment = _WRAPPED
            if number == 1:
                cell.font = _BOLD
            cells.append(cell)
        sheet.append(cells)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _letters(index: int) -> str:
    return (_letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def _decode_xlsx(path: Path, data: bytes) -> list[list[str]]:
    _refuse_bombs(path, data)
    rows: list[list[str]] = []
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=_ROWS + 1, max_col=_COLUMNS + 1, values_only=True):
            rows.append([_text(value) for value in row])
    except (
        *(zipfile.BadZipFile, InvalidFileException, ParseError),
        *(AttributeError, IndexError, KeyError, TypeError, ValueError, EOFError, OSError),
    ):
        raise _unfit(
            path, "this is no XLSX file that can be read", "save it anew as XLSX, or as CSV UTF-8"
        ) from None
    while rows and not any(rows[-1]):
        rows.pop()
    used = max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=0)
    _bound(path, len(rows), used)
    return [row[:used] for row in rows]


def _refuse_bombs(path: Path, data: bytes) -> None:
    """Archives say how large their parts are, and Python reads no more of a part than it said.

    Bombs of XML entities are a matter of defusedxml, which openpyxl uses where it is installed; its
    errors are ValueErrors.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _unfit(
            path, "this is no XLSX file", "save it as XLSX, or as CSV with the name .csv"
        ) from None
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise _unfit(path, "the file unpacks to too much", "save only the table in a new file")


def _text(value: Any) -> str:
    """What a person sees in a cell: spreadsheets make numbers and days of what looks like them."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return str(value)
