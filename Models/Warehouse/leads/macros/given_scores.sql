{# The scores that the champion has given to the leads of this target; none where no score was ever given in this warehouse. #}
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

{# Whether the table of the scores is there. The score's programs create it, and they may not have run yet. #}
{% macro has_scores() %}
    {%- do return(load_relation(source('serving', 'scores')) is not none) -%}
{% endmacro %}

{# The target that scores are kept under. #}
{% macro score_target() %}
    {%- do return(target.schema) -%}
{% endmacro %}
