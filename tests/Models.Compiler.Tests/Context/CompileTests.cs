using Models.Compiler.Tests.Project;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Nodes;

namespace Models.Compiler.Tests.Context;

public sealed class CompileTests
{
    [Fact]
    public void Ephemeral_models_become_common_table_expressions_those_read_first()
    {
        using var project = new TemporaryProject().Models(
            ("one", "{{ config(materialized='ephemeral') }} select 1 as id"),
            ("two", "{{ config(materialized='ephemeral') }} select * from {{ ref('one') }}"),
            ("three", "select * from {{ ref('two') }} join {{ ref('one') }} using (id)"));

        project.Compile("model.shop.three").ShouldBe(
            "with __dbt__cte__one as ( select 1 as id ), __dbt__cte__two as ( select * from __dbt__cte__one ) select * from __dbt__cte__two join " +
            "__dbt__cte__one using (id)");
    }

    [Theory]
    [InlineData("with a as (select 1 as x) select * from a, {{ ref('e') }}",
        "with __dbt__cte__e as ( select 1 as id ), a as (select 1 as x) select * from a, __dbt__cte__e")]
    [InlineData("-- a note\nWITH RECURSIVE a as (select 1) select * from a, {{ ref('e') }}",
        "-- a note WITH RECURSIVE __dbt__cte__e as ( select 1 as id ), a as (select 1) select * from a, __dbt__cte__e")]
    [InlineData("/* with */ select * from {{ ref('e') }}", "/* with */ with __dbt__cte__e as ( select 1 as id ) select * from __dbt__cte__e")]
    [InlineData("select without.x from {{ ref('e') }} as without", "with __dbt__cte__e as ( select 1 as id ) select without.x from __dbt__cte__e as without")]
    public void A_query_keeps_its_own_expressions(string sql, string expected)
    {
        using var project = new TemporaryProject().Models(("e", "{{ config(materialized='ephemeral') }} select 1 as id"), ("m", sql));

        project.Compile("model.shop.m").ShouldBe(expected);
    }

    [Fact]
    public void A_place_in_an_ephemeral_parent_leads_to_its_file()
    {
        using var project = new TemporaryProject()
            .Models(("e", "{{ config(materialized='ephemeral') }}\nselect 1 as wrong"), ("m", "select * from {{ ref('e') }}"));
        var parsed = project.Parse();

        var compiled = parsed.Compile(parsed.Graph["model.shop.m"], new EmptyDatabase());

        var place = compiled.Map.Locate(compiled.Sql.IndexOf("wrong", StringComparison.Ordinal)).Span;
        (Path.GetFileName(place.File), place.StartLine, place.StartColumn).ShouldBe(("e.sql", 2, 13));
    }

    [Theory]
    [InlineData(null, "select 1 as id")]
    [InlineData(true, "select 1 as id where new")]
    [InlineData(false, "select 1 as id")]
    public void Whether_a_model_is_incremental_can_be_forced(bool? incremental, string expected)
    {
        using var project = new TemporaryProject()
            .Models(("m", "{{ config(materialized='incremental') }} select 1 as id {% if is_incremental() %}where new{% endif %}"));

        project.Compile("model.shop.m", new CompileMode { Incremental = incremental }).ShouldBe(expected);
    }

    [Fact]
    public void What_is_read_can_be_replaced_and_emptied()
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id"), ("b", "select * from {{ ref('a') }}"));

        project.Compile("model.shop.b", new CompileMode { Relations = new Dictionary<string, string> { ["model.shop.a"] = "given" } })
            .ShouldBe("select * from given");
        project.Compile("model.shop.b", new CompileMode { Empty = true })
            .ShouldBe("""select * from (select * from "warehouse"."dev"."a" where false limit 0) _dbt_limit_subq_a""");
    }

    [Fact]
    public void A_project_decides_where_its_models_go()
    {
        using var project = new TemporaryProject()
            .Models(("a", "{{ config(schema='mart') }} select 1 as id"))
            .Write("macros/names.sql",
                """
                {% macro generate_schema_name(custom_schema_name, node) -%}
                  {{ custom_schema_name or target.schema }}
                {%- endmacro %}
                {% macro generate_alias_name(custom_alias_name, node) %}{{ node.resource_type ~ '_' ~ node.name }}{% endmacro %}
                """);

        ((ModelNode)project.Parse().Graph["model.shop.a"]).Relation.ShouldBe(new Relation("warehouse", "mart", "model_a"));
    }

    [Fact]
    public void A_macro_can_be_called_by_name()
    {
        using var project = new TemporaryProject().Write("macros/m.sql", "{% macro twice(x) %}{{ return(x * 2) }}{% endmacro %}");
        var parsed = project.Parse();

        parsed.CallMacro("twice", new CallArguments([21L], []), new EmptyDatabase()).ShouldBe(42L);
        Should.Throw<Diagnostics.DiagnosticException>(() => parsed.CallMacro("twise", CallArguments.None, new EmptyDatabase()))
            .Diagnostic.Message.ShouldBe("there is no macro 'twise'; did you mean 'twice'?");
    }

    [Theory]
    [InlineData(1024 * 1024, "sha256")]
    [InlineData((1024 * 1024) + 1, "path")]
    public void Templates_see_the_checksum_of_a_seed_that_the_manifest_has(int bytes, string expected)
    {
        using var project = new TemporaryProject().Write("seeds/large.csv", "id\n".PadRight(bytes - 1, '1') + "\n");

        project.Evaluate("{% if execute %}{{ graph.nodes['seed.shop.large'].checksum.name }}{% endif %}").ShouldBe(expected);
    }
}
