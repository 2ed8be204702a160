{#
  Rebuilding a history from what its source holds today would lose what the source no longer holds.
  The first build of a table that is not there yet loses nothing and is let through.
#}
{% macro refuse_full_refresh() %}
    {%- if execute and flags.FULL_REFRESH
        and adapter.get_relation(database=this.database, schema=this.schema, identifier=this.identifier) is not none -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ " keeps history that its source may no longer hold, so --full-refresh does not rebuild it."
            ~ " Leave the histories out with --exclude tag:dl, or drop table " ~ this ~ " yourself and run again."
        ) -%}
    {%- endif -%}
{% endmacro %}
