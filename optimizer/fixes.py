"""What to do about a fault, by its code, where the place itself has nothing better to say."""

from collections.abc import Mapping

FIXES: Mapping[str, tuple[str, str]] = {
    "not-a-number": (
        "请只填数字,单位写进表头;没有就留空。",
        "Enter a number; units go to the head.",
    ),
    "number-as-date": (
        "请把单元格改为数字格式后重新填写。",
        "Format the cell as a number, enter again.",
    ),
    "too-many-decimals": ("请先四舍五入。", "Round it first."),
    "not-whole": ("请填整数。", "Enter a whole number."),
    "not-a-level": ("首层填 1,地下一层填 -1。", "Enter 1 for the ground floor, -1 below it."),
    "level-zero": ("首层填 1,地下一层填 -1。", "Enter 1 for the ground floor, -1 below it."),
    "not-a-year": ("请填四位年份。", "Enter the year in four digits."),
    "no-such-day": ("请填四位年份。", "Enter the year in four digits."),
    "not-a-flag": ("请填 0 或 1(是、否)。", "Enter 0 or 1."),
    "not-a-choice": ("请改为所列之一。", "Enter one of those listed."),
    "not-levels": ("请按示例书写。", "Write it as the example shows."),
    "too-small": ("请更正。", "Correct it."),
    "too-large": ("请更正,并检查单位。", "Correct it, and check its unit."),
    "unit-twice": ("请去掉单元格里的单位。", "Take the unit out of the cell."),
    "unit-wrong": ("请换算后修改表头。", "Convert the column and change its head."),
    "unit-unknown": ("如为单位请改正。", "Correct it if a unit is meant."),
    "ditto": ("请逐行填写。", "Fill in every row."),
    "no-value": ("没有就留空。", "Leave it empty where there is none."),
    "error-cell": ("请修复公式或直接填写数值。", "Mend the formula or enter the value."),
    "text-damaged": ("请从原文件重新导出。", "Export it again from the original file."),
    "control-character": ("请删除后重新填写。", "Delete the cell and enter it again."),
    "cell-missing": ("请填写。", "Fill it in."),
    "column-missing": ("请补上这一列。", "Add the column."),
    "column-twice": ("请只保留一列。", "Keep one of them."),
    "row-too-long": ("请检查分隔符和引号。", "Check delimiters and quotes."),
    "code-damaged": (
        "请把该列设为文本后重新填写。",
        "Format the column as text and enter it again.",
    ),
    "duplicate": ("请删去一行或改编码。", "Delete one row or change its code."),
    "unknown-id": ("请改为表中的编码。", "Enter a code of that table."),
    "no-position": ("请填经纬度,或提供 distances 表。", "Enter lon and lat, or give distances."),
    "lonlat-swapped": ("请对调两列。", "Swap the two columns."),
    "outside-china": ("请检查经纬度。", "Check lon and lat."),
    "out-of-city": ("请检查经纬度,或删去该行。", "Check lon and lat, or delete the row."),
    "facility-far": ("请检查所属社区和经纬度。", "Check its community, lon and lat."),
    "point-coarse": ("请填到小数点后 4 位以上。", "Give at least 4 decimals."),
    "same-point": ("请填各自的位置。", "Give each its own position."),
    "coords-mixed": ("请统一坐标系后再填。", "Convert them to one system."),
    "area-missing": ("请填建筑面积或楼层表。", "Enter its area or its floors."),
    "floors-exceed": ("请更正楼层或法定面积。", "Correct the floors or the legal area."),
    "function-missing": ("请填功能编码。", "Enter the code of a function."),
    "site-in-two-streets": ("请拆成两个地块或更正街道。", "Split the site or correct the street."),
    "lock-unknown": ("请更正锁定。", "Correct the lock."),
    "lock-contradiction": ("请只留一种锁定。", "Keep one lock."),
    "too-many-required": ("请减少必选或提高目标。", "Require fewer, or raise the target."),
    "refit-impossible": ("请更正 replaces。", "Correct `replaces`."),
    "no-capacity": ("请填 m2_per_person。", "Give m2_per_person."),
    "max-below-min": ("请更正大小。", "Correct the sizes."),
    "table-missing": ("请补上这张表。", "Add the table."),
    "coords-missing": ('请写 coords = "cgcs2000" 等。', 'Write coords = "cgcs2000" or another.'),
    "unknown-key": ("请更正或删去这个键。", "Correct or delete the key."),
    "missing-key": ("请补上这个键。", "Add the key."),
    "wrong-type": ("请更正它的值。", "Correct its value."),
    "toml": ("请按提示的行列检查语法。", "Check the syntax at that line."),
    "outside": ("请把文件移入,或加 --allow-outside。", "Move it inside, or pass --allow-outside."),
}
ANY = ("请更正后再检查一次。", "Correct it and check again.")


TOLD = ("如理解有误,请更正。", "Correct it if that is not meant.")  # nothing is wrong


def fix_of(code: str, severity: str = "error") -> tuple[str, str]:
    """What to do about a fault of *code*, in Chinese and English."""
    return FIXES.get(code, TOLD if severity == "warning" else ANY)
