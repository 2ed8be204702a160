select
    call_measure,
    range_order,
    case when range_to is null then range_from || '+' else range_from || '-' || range_to end as call_range,
    range_from,
    range_to
from (
    values
        ('call attempts', 1, 0, 10),
        ('call attempts', 2, 11, 20),
        ('call attempts', 3, 21, 30),
        ('call attempts', 4, 31, 40),
        ('call attempts', 5, 41, null),
        ('calls over 30 minutes', 1, 0, 3),
        ('calls over 30 minutes', 2, 4, 10),
        ('calls over 30 minutes', 3, 11, 14),
        ('calls over 30 minutes', 4, 15, 20),
        ('calls over 30 minutes', 5, 21, null)
) as ranges (call_measure, range_order, range_from, range_to)
