{{ calls_conversion('call attempts', 'attempts_range') }}
