{#
  What the score's programs have written, for this target. Each of them is empty where its tables are not there: the programs create them, and
  may not have run yet.
#}

{# The newest score of each open lead, by the champion. #}
{% macro given_scores() %}
{%- if has_scores() %}
    select entity::bigint as contact_id, probability as score, band, model_version, scored_at
    from {{ source('serving', 'scores') }}
    where prediction = 'lead_conversion' and target = '{{ score_target() }}'
{%- else %}
    select null::bigint as contact_id, null::double precision as score, null::text as band, null::integer as model_version, null::timestamptz as scored_at
    where false
{%- endif %}
{% endmacro %}

{# Every score that was given, on request or in a batch, and is still kept. #}
{% macro given_predictions() %}
{%- if has_scores() %}
    select
        predictions.entity::bigint as contact_id,
        predictions.model_version,
        predictions.scored_at at time zone 'UTC' as scored_at,
        predictions.probability as score
    from {{ source('serving', 'predictions') }} as predictions
    join {{ source('serving', 'models') }} as models on models.version = predictions.model_version
    where predictions.prediction = 'lead_conversion' and models.name = 'lead_conversion' and models.target = '{{ score_target() }}'
{%- else %}
    select null::bigint as contact_id, null::integer as model_version, null::timestamp as scored_at, null::double precision as score
    where false
{%- endif %}
{% endmacro %}

{# The trained models. #}
{% macro trained_models() %}
{%- if has_scores() %}
    select version as model_version, status = 'champion' as is_champion, metrics, features
    from {{ source('serving', 'models') }}
    where name = 'lead_conversion' and target = '{{ score_target() }}'
{%- else %}
    select null::integer as model_version, null::boolean as is_champion, null::jsonb as metrics, null::jsonb as features
    where false
{%- endif %}
{% endmacro %}

{# Whether the tables are there. #}
{% macro has_scores() %}
    {%- do return(load_relation(source('serving', 'scores')) is not none) -%}
{% endmacro %}

{# The target that scores are kept under. #}
{% macro score_target() %}
    {%- do return(target.schema) -%}
{% endmacro %}

{# Within how long the outcome must come, as the prediction declares it. #}
{% macro label_window() -%}
{%- if execute -%}
interval '{{ graph.nodes['model.leads.lead_features'].meta.leadline.prediction.label_window }}'
{%- else -%}
interval '1 day'
{%- endif -%}
{%- endmacro %}
