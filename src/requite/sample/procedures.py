"""What is charged: procedures with a usual price, by patient class."""

import numpy as np

# procedure code (empty for a revenue code alone), revenue code, usual price in cents
_PROFESSIONAL = (
    ("99213", "", 15000), ("99214", "", 21000), ("36415", "", 2800), ("93000", "", 9500),
    ("71046", "", 13000), ("80053", "", 6200), ("85025", "", 4100), ("97110", "", 8800),
    ("20610", "", 24500), ("11102", "", 18700), ("99203", "", 19800), ("90471", "", 4600),
)  # fmt: skip
_OUTPATIENT = (
    ("70553", "0611", 228000), ("74177", "0350", 184000), ("45378", "0360", 152000),
    ("99284", "0450", 94000), ("96413", "0335", 118000), ("96372", "0450", 16500),
    ("84484", "0300", 9800), ("76700", "0402", 64000), ("93306", "0480", 121000),
    ("64483", "0361", 139000), ("97161", "0424", 31000), ("J2405", "0636", 5200),
)  # fmt: skip
_INPATIENT = (
    ("", "0120", 540000), ("", "0200", 920000), ("", "0250", 143000), ("", "0258", 61000),
    ("", "0270", 118000), ("", "0300", 162000), ("", "0320", 98000), ("", "0360", 1240000),
    ("", "0370", 310000), ("", "0410", 74000), ("", "0420", 56000), ("", "0730", 41000),
)  # fmt: skip
SIZE = 12  # of each class
CODES = tuple(row[0] for table in (_PROFESSIONAL, _OUTPATIENT, _INPATIENT) for row in table)
REVENUES = tuple(row[1] for table in (_PROFESSIONAL, _OUTPATIENT, _INPATIENT) for row in table)
PRICES = np.array(
    [row[2] for table in (_PROFESSIONAL, _OUTPATIENT, _INPATIENT) for row in table], dtype=np.int64
)
SVC = tuple(
    f"HC:{code}" if code else f"NU:{revenue}" for code, revenue in zip(CODES, REVENUES, strict=True)
)
