using Models.Project.Graph;

namespace Models.Compiler.Tests.Project;

/// <summary>PostgreSQL keeps 63 bytes of a name; a longer one is an error, because it would mean another relation.</summary>
public sealed class LongNameTests
{
    private static readonly string s_longest = new('n', 63);
    private static readonly string s_tooLong = new('n', 64);

    [Theory]
    [InlineData("models/{0}.sql", "select 1 as id",
        "models/{0}.sql: error MDL3018: the name '{0}' of the model '{0}' has 64 bytes, of which PostgreSQL keeps 63: '{1}'; give it a shorter alias")]
    [InlineData("models/m.sql", "{{ config(alias='{0}') }} select 1 as id",
        "models/m.sql: error MDL3018: the name '{0}' of the model 'm' has 64 bytes, of which PostgreSQL keeps 63: '{1}'; give it a shorter alias")]
    [InlineData("seeds/{0}.csv", "id\n1\n",
        "seeds/{0}.csv: error MDL3018: the name '{0}' of the seed '{0}' has 64 bytes, of which PostgreSQL keeps 63: '{1}'; give it a shorter alias")]
    [InlineData("snapshots/s.sql", "{% snapshot {0} %}{{ config(unique_key='id', strategy='check', check_cols='all') }} select 1 as id{% endsnapshot %}",
        "snapshots/s.sql(1,13): error MDL3018: the name '{0}' of the snapshot '{0}' has 64 bytes, of which PostgreSQL keeps 63: '{1}'; give it a shorter " +
        "alias")]
    [InlineData("models/s.yml", "sources: [{name: raw, tables: [{name: {0}, columns: [{name: id, data_type: int}]}]}]",
        "models/s.yml(1,39): error MDL3018: the name '{0}' of the source '{0}' has 64 bytes, of which PostgreSQL keeps 63: '{1}'; say under 'identifier' " +
        "what the server calls it")]
    [InlineData("tests/{0}.sql", "{{ config(store_failures=true) }} select 1 as id",
        "tests/{0}.sql: error MDL3018: the name '{0}' of the test '{0}' has 64 bytes, of which PostgreSQL keeps 63: '{1}'; give it a shorter name or alias, " +
        "or do not store its failures")]
    public void A_relation_s_name_that_would_be_cut_is_an_error(string file, string text, string expected)
    {
        string Named(string template) => template.Replace("{0}", s_tooLong, StringComparison.Ordinal).Replace("{1}", s_longest, StringComparison.Ordinal);
        using var project = new TemporaryProject().Write(Named(file), Named(text));

        project.Diagnose().ShouldBe([Named(expected)]);

        using var fitting = new TemporaryProject().Write(
            file.Replace("{0}", s_longest, StringComparison.Ordinal), text.Replace("{0}", s_longest, StringComparison.Ordinal));
        fitting.Diagnose().ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_count_and_not_characters()
    {
        var name = new string('é', 32);
        using var project = new TemporaryProject().Models((name, "select 1 as id"), (new string('é', 31), "select 1 as id"));

        project.Diagnose().ShouldBe(
            [$"models/{name}.sql: error MDL3018: the name '{name}' of the model '{name}' has 64 bytes, of which PostgreSQL keeps 63: " +
                $"'{new string('é', 31)}'; give it a shorter alias"]);
    }

    [Fact]
    public void A_version_s_suffix_counts()
    {
        var name = new string('v', 61);
        using var project = new TemporaryProject().Models(($"{name}_v1", "select 1 as id"))
            .Write("models/m.yml", $"models:\n  - name: {name}\n    versions: [{{v: 1}}]\n");

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldStartWith($"models/m.yml(2,11): error MDL3018: the name '{name}_v1' of the model '{name}' has 64 bytes");
    }

    [Fact]
    public void A_schema_s_name_is_shortened_as_the_server_does_and_reported_once()
    {
        using var project = new TemporaryProject($"models: {{+schema: {s_tooLong}}}").Models(("a", "select 1 as id"), ("b", "select 1 as id"));

        var kept = $"dev_{new string('n', 59)}";
        project.Diagnose().ShouldHaveSingleItem()
            .ShouldEndWith($"warning MDL3019: the name 'dev_{s_tooLong}' of the schema of model 'a' has 68 bytes, of which PostgreSQL keeps 63: its relations " +
                $"are in '{kept}'");
        project.Parse().Graph.InOrder.OfType<ModelNode>().ShouldAllBe(m => m.Relation.Schema == kept);
    }

    [Fact]
    public void Two_schemas_that_the_server_would_make_one_are_an_error()
    {
        using var project = new TemporaryProject().Models(
            ("a", $"{{{{ config(schema='{s_tooLong}a') }}}} select 1 as id"), ("b", $"{{{{ config(schema='{s_tooLong}b') }}}} select 1 as id"));

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldEndWith($"has 69 bytes, of which PostgreSQL keeps 63: 'dev_{new string('n', 59)}'; where those of schema 'dev_{s_tooLong}b' are too; give it a " +
                $"shorter schema");
    }

    [Fact]
    public void A_constraint_s_name_counts()
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id")).Write(
            "models/m.yml",
            $"""
            models:
              - name: a
                config: {"{contract: {enforced: true}, materialized: table}"}
                constraints: [{"{"}type: check, name: {s_tooLong}, expression: id > 0{"}"}]
                columns: [{"{name: id, data_type: int}"}]
            """);

        project.Diagnose().ShouldBe(
            [$"models/m.yml(2,11): error MDL3018: the name '{s_tooLong}' of a constraint of model 'a' has 64 bytes, of which PostgreSQL keeps 63: " +
                $"'{s_longest}'; give the constraint a shorter name"]);
    }

    [Fact]
    public void A_contract_s_column_counts()
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id")).Write(
            "models/m.yml", $"models:\n  - name: a\n    config: {{contract: {{enforced: true}}}}\n    columns: [{{name: {s_tooLong}, data_type: int}}]\n");

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldEndWith(
                $"error MDL3018: the name '{s_tooLong}' of a column of model 'a' has 64 bytes, of which PostgreSQL keeps 63: '{s_longest}'; give the column " +
                $"a shorter name");
    }

    [Fact]
    public void A_test_s_name_counts_where_its_failures_are_stored()
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id")).Write(
            "models/m.yml", $"models:\n  - name: a\n    columns:\n      - name: id\n        data_tests: [not_null: {{name: {s_tooLong}}}]\n");

        project.Diagnose().ShouldBeEmpty();
        project.Diagnose(o => o with { StoreFailures = true })
            .ShouldHaveSingleItem().ShouldContain("give it a shorter name or alias, or do not store its failures");
    }

    [Fact]
    public void An_ephemeral_model_s_name_may_be_long()
    {
        using var project = new TemporaryProject()
            .Models((s_tooLong, "{{ config(materialized='ephemeral') }} select 1 as id"), ("m", $"select * from {{{{ ref('{s_tooLong}') }}}}"));

        project.Diagnose().ShouldBeEmpty();
        project.Compile("model.shop.m").ShouldBe($"with __dbt__cte__{s_tooLong} as ( select 1 as id ) select * from __dbt__cte__{s_tooLong}");
    }

    [Theory]
    [InlineData("orders__dbt_tmp", "orders", "__dbt_tmp")]
    [InlineData("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn_5d33edd3__dbt_tmp", null, "__dbt_tmp")]
    public void A_name_with_a_suffix_is_one_that_the_server_keeps(string expected, string? name, string suffix)
    {
        var made = ServerName.WithSuffix(name ?? s_longest, suffix);

        if (name is not null)
            made.ShouldBe(expected);
        ServerName.Length(made).ShouldBeLessThanOrEqualTo(63);
        made.ShouldEndWith(suffix);
        ServerName.WithSuffix((name ?? s_longest)[1..] + "x", suffix).ShouldNotBe(made);
    }

    [Fact]
    public void Macros_give_long_names_different_intermediate_names()
    {
        var (a, b) = (new string('é', 30) + "a", new string('é', 30) + "b");
        using var project = new TemporaryProject();

        string Named(string macro, string name) => project.Evaluate($"{{{{ {macro}(api.Relation.create(identifier='{name}')).identifier }}}}");
        string[] names = [Named("make_intermediate_relation", a), Named(
            "make_intermediate_relation", b), project.Evaluate($"{{{{ make_backup_relation(api.Relation.create(identifier='{a}'), 'table').identifier }}}}")];

        names.Select(ServerName.Cut).Distinct().Count().ShouldBe(3);
        names.ShouldAllBe(n => ServerName.Fits(n));
    }
}
