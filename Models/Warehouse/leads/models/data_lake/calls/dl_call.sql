{{ history(source('raw', 'call_dataset'), [
    'contact_id', 'trial_booked', 'trial_date', 'call_attempts', 'total_call_duration', 'calls_30',
]) }}
