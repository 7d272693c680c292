"""Native charts over the rows of the sheet Charts. No text in them but ours; names of runs are references to cells."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, Reference, ScatterChart, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import NumDataSource, NumRef, StrRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, ParagraphProperties

RUN, SR, LOW_ARM, HIGH_ARM, STEP, FIRST_PART, LAST_PART = 1, 2, 3, 4, 5, 6, 10
"""Columns of the sheet Charts."""
WIDTH_CM, HEIGHT_CM = 15.0, 9.5
ROWS_PER_CHART = 20
_COLOURS = ("305496", "C55A11", "548235", "7F6000", "7030A0", "1F7A7A", "A6192E", "595959")
_PART_COLOURS = ("9DC3E6", "305496", "F4B183", "A9D18E", "D9D9D9")
_MARKERS: tuple[Any, ...] = ("circle", "square", "diamond", "triangle")


def add_charts(sheet: Any, first: int, last: int) -> None:
    """Put the charts under the rows `first` to `last` of the sheet Charts; none without rows."""
    if last < first:
        return
    sheet.add_chart(_success(sheet, first, last), f"A{last + 3}")
    sheet.add_chart(_trade(sheet, first, last), f"G{last + 3}")
    sheet.add_chart(_latency(sheet, first, last), f"A{last + 3 + ROWS_PER_CHART}")


def _success(sheet: Any, first: int, last: int) -> Any:
    chart = _sized(BarChart(), "Success rate with 95% interval")
    chart.type = "col"
    series = _series(sheet, SR, first, last)
    series.graphicalProperties = GraphicalProperties(solidFill=_COLOURS[0])
    series.errBars = ErrorBars(
        errBarType="both",
        errValType="cust",
        plus=_numbers(sheet, HIGH_ARM, first, last),
        minus=_numbers(sheet, LOW_ARM, first, last),
        spPr=GraphicalProperties(ln=LineProperties(solidFill="404040", w=15875)),
    )
    chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=RUN, min_row=first, max_row=last))
    chart.gapWidth = 80
    chart.legend = None
    _share_axis(chart.y_axis)
    chart.y_axis.title = "passed / scored"
    return chart


def _trade(sheet: Any, first: int, last: int) -> Any:
    chart = _sized(ScatterChart(), "Success rate against time per step")
    chart.style = 13
    chart.scatterStyle = "lineMarker"
    for place, row in enumerate(range(first, last + 1)):
        series = Series(
            Reference(sheet, min_col=SR, min_row=row), Reference(sheet, min_col=STEP, min_row=row), title=None
        )
        series.tx = SeriesLabel(strRef=StrRef(_cell(sheet, RUN, row)))
        colour = _COLOURS[place % len(_COLOURS)]
        series.marker = Marker(symbol=_MARKERS[place // len(_COLOURS) % len(_MARKERS)], size=9)
        series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
        series.marker.graphicalProperties.line.solidFill = colour
        series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
        chart.series.append(series)
    chart.legend.position = "r"
    _share_axis(chart.y_axis)
    chart.y_axis.title = "passed / scored"
    chart.x_axis.title = "mean seconds per step"
    chart.x_axis.scaling.min = 0
    chart.x_axis.number_format = "0.##"
    return chart


def _latency(sheet: Any, first: int, last: int) -> Any:
    chart = _sized(BarChart(), "Where a step's time goes, mean seconds")
    chart.type = "bar"
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.gapWidth = 60
    for colour, column in zip(_PART_COLOURS, range(FIRST_PART, LAST_PART + 1), strict=True):
        series = _series(sheet, column, first, last)
        series.tx = SeriesLabel(strRef=StrRef(_cell(sheet, column, first - 1)))
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
        chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=RUN, min_row=first, max_row=last))
    chart.legend.position = "b"
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "0.##"
    # The first run on top, and the seconds below the last.
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    return chart


def _sized(chart: Any, title: str) -> Any:
    chart.title = title
    chart.title.overlay = False
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True))
    for run in chart.title.tx.rich.p[0].r:
        run.rPr = CharacterProperties(sz=1200, b=True)
    chart.width, chart.height = WIDTH_CM, HEIGHT_CM
    light = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9"))
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        if axis.majorGridlines is not None:
            axis.majorGridlines = ChartLines(spPr=light)
    return chart


def _series(sheet: Any, column: int, first: int, last: int) -> Any:
    return Series(Reference(sheet, min_col=column, min_row=first, max_row=last), title=None)


def _numbers(sheet: Any, column: int, first: int, last: int) -> NumDataSource:
    return NumDataSource(numRef=NumRef(f=str(Reference(sheet, min_col=column, min_row=first, max_row=last))))


def _cell(sheet: Any, column: int, row: int) -> str:
    return str(Reference(sheet, min_col=column, min_row=row))


def _share_axis(axis: Any) -> None:
    axis.scaling.min, axis.scaling.max = 0, 1
    axis.majorUnit = 0.2
    axis.number_format = "0%"
