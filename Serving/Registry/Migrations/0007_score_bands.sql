-- Where the score stands among those of the final test set: 'high', 'medium' or 'low'; null until the row is scored again.
alter table serving.scores add column if not exists band text;
