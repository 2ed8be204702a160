-- Everything that was measured of a model, beside the metrics on the final test set; null for models of earlier versions.
alter table serving.models add column if not exists evaluation jsonb;

-- Scores of any declared prediction: the key of its entity is a text, several columns are joined by '/'.
alter table serving.predictions add column if not exists prediction text not null default 'lead_conversion';
do $$
begin
    if exists (
        select from information_schema.columns
        where table_schema = 'serving' and table_name = 'predictions' and column_name = 'contact_id'
    ) then
        alter table serving.predictions rename column contact_id to entity;
        alter table serving.predictions alter column entity type text;
    end if;
end
$$;
