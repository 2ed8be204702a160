-- The artifact's digest, so that a damaged or exchanged artifact is not loaded; null for models from before there was one.
alter table serving.models add column if not exists artifact_sha256 bytea;
