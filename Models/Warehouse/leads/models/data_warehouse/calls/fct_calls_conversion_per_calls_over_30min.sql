{{ calls_conversion('calls over 30 minutes', 'calls_over_30min_range') }}
