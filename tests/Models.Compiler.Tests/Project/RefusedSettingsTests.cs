namespace Models.Compiler.Tests.Project;

/// <summary>Settings that dbt refuses when it reads a project, as one line each.</summary>
public sealed class RefusedSettingsTests
{
    public static TheoryData<string, string, string> Settings => new()
    {
        { "seeds/s.csv", "{materialized: table}",
            "'table' is not a value of 'materialized': expected a seed must have a materialized value of 'seed', and 's' is one" },
        { "seeds/s.csv", "{delimiter: ''}", "'' is not a value of 'delimiter': expected one character other than a quote or a line break for the seed 's'" },
        { "seeds/s.csv", "{delimiter: '||'}",
            "'||' is not a value of 'delimiter': expected one character other than a quote or a line break for the seed 's'" },
        { "seeds/s.csv", "{enabled: 'no'}", "'no' is not a value of 'enabled': expected true or false for seed 's'" },
        { "models/s.sql", "{enabled: 'True and False'}", "'True and False' is not a value of 'enabled': expected true or false for model 's'" },
        { "models/s.sql", "{docs: {node_color: notacolor}}",
            "'notacolor' is not a value of 'docs.node_color': expected an HTML color name or a hexadecimal code such as '#ff00aa' for 's'" },
        { "models/s.sql", "{docs: {node_color: '#12345'}}",
            "'#12345' is not a value of 'docs.node_color': expected an HTML color name or a hexadecimal code such as '#ff00aa' for 's'" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_that_dbt_refuses_is_an_error_when_the_project_is_read(string file, string config, string expected)
    {
        var kind = file[..file.IndexOf('/', StringComparison.Ordinal)];
        using var project = new TemporaryProject()
            .Write(file, kind == "seeds" ? "id\n1\n" : "select 1 as id")
            .Write($"{kind}/s.yml", $"{kind}: [{{name: s, config: {config}}}]\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldEndWith($"error MDL1023: {expected}");
    }

    [Theory]
    [InlineData("red")]
    [InlineData("LightSlateGrey")]
    [InlineData("#fff")]
    [InlineData("#CD7F32")]
    public void Html_names_and_hexadecimal_codes_are_colors(string color)
    {
        using var project = new TemporaryProject()
            .Models(("s", "select 1 as id")).Write("models/s.yml", $"models: [{{name: s, config: {{docs: {{node_color: '{color}'}}}}}}]\n");

        project.Diagnose().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("unique_key='id'", "must be configured with a 'strategy' and 'unique_key'; the strategy is missing")]
    [InlineData("strategy='check', check_cols='all'", "must be configured with a 'strategy' and 'unique_key'; the unique_key is missing")]
    [InlineData("strategy='check', unique_key='id'", "has the check strategy, so it must specify check_cols: a list of columns, or all")]
    [InlineData("strategy='check', unique_key='id', check_cols='id'", "has the check_cols 'id', but they are a list of columns, or all")]
    [InlineData("strategy='timestamp', unique_key='id'", "has the timestamp strategy, so it must specify updated_at: the column that says when a row changed")]
    public void A_snapshot_must_say_how_it_is_taken(string config, string expected)
    {
        using var project = new TemporaryProject()
            .Write("snapshots/s.sql", $"{{% snapshot s %}}{{{{ config(target_schema='x', {config}) }}}}select 1 as id{{% endsnapshot %}}");

        project.Diagnose().ShouldHaveSingleItem().ShouldEndWith($"error MDL1034: the snapshot 's' {expected}");
    }

    [Theory]
    [InlineData("{{ ref('a') }}", "ref('a')")]
    [InlineData("{{ source('raw', 't') }}", "source('raw', 't')")]
    [InlineData("{{ reads() }}", "ref('a')")]
    public void A_hook_of_a_seed_reads_no_other_node(string read, string named)
    {
        using var project = new TemporaryProject()
            .Models(("a", "select 1 as id")).Write("seeds/s.csv", "id\n1\n").Write("macros/m.sql", "{% macro reads() %}{{ ref('a') }}{% endmacro %}")
            .Write("models/s.yml", "sources: [{name: raw, tables: [{name: t, columns: [{name: id, data_type: int}]}]}]\n")
            .Write("seeds/s.yml", $"seeds: [{{name: s, config: {{post_hook: \"select * from {read}\"}}}}]\n");

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldEndWith(
                $"error MDL1037: Seeds cannot depend on other nodes, and a hook of the seed 's' calls {named}; write the relation's name, or make it a hook " +
                $"of a model");
    }

    [Theory]
    [InlineData("version: invalid\n", "error MDL1023: 'invalid' is not a value of 'version': expected a version such as '1.0.0'")]
    [InlineData("dbt-cloud: text\n", "error MDL1003: 'dbt-cloud' is a value, but must be a mapping")]
    public void The_project_file_is_checked_too(string setting, string expected)
    {
        using var project = new TemporaryProject().Write("dbt_project.yml", $"name: shop\nprofile: shop\n{setting}");

        project.Diagnose().ShouldHaveSingleItem().ShouldContain(expected);
    }

    [Fact]
    public void One_hook_under_two_names_is_refused()
    {
        using var project = new TemporaryProject().Models(("a", "{{ config({'pre_hook': 'select 1', 'pre-hook': 'select 2'}) }} select 1 as id"));

        project.Diagnose().ShouldHaveSingleItem().ShouldContain("error MDL2224: config has conflicting keys 'pre_hook' and 'pre-hook'");
    }

    [Fact]
    public void A_statement_result_is_loaded_once()
    {
        using var project = new TemporaryProject()
            .Models((
                "a", "{% if execute %}{% call statement('x', fetch_result=true) %}select 1{% endcall %}{% set one = load_result('x') %}{% set two = " +
                "load_result('x') %}{% endif %}select 1 as id"));
        var parsed = project.Parse();

        Should.Throw<Models.Diagnostics.DiagnosticException>(() => parsed.Compile(parsed.Graph["model.shop.a"], new EmptyDatabase()))
            .Diagnostic.Message.ShouldStartWith("the 'statement' result named 'x' has already been loaded into a variable");
    }

    [Theory]
    [InlineData("given: [{input: ref('p'), rows: 'id'}]", "has input rows which do not match format dict; expected a list of mappings")]
    [InlineData("given: [{input: ref('p'), fixture: f}]", "has input rows which do not match format dict; expected a list of mappings")]
    [InlineData("given: [{input: ref('p'), format: csv, rows: [{id: 1}]}]", "has input rows which do not match format csv; expected a text, or a fixture")]
    [InlineData("given: [{input: ref('p'), format: csv, fixture: none_such}]",
        "names the fixture 'none_such', for which no file was found in the fixtures folder of the tests")]
    [InlineData("given: [{input: ref('p'), rows: []}]\n    versions: {include: [1]}",
        "should not have versions to include or exclude, as the model 'a' has no versions")]
    public void Rows_of_unit_tests_are_checked_before_they_run(string body, string expected)
    {
        using var project = new TemporaryProject().Models(("p", "select 1 as id"), ("a", "select id from {{ ref('p') }}"))
            .Write("models/t.yml", $"unit_tests:\n  - name: t\n    model: a\n    {body}\n    expect: {{rows: [{{id: 1}}]}}\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldEndWith($"error MDL1035: the unit test 't' {expected}");
    }

    [Fact]
    public void Two_fixtures_of_one_name_are_refused()
    {
        using var project = new TemporaryProject().Models(("p", "select 1 as id"), ("a", "select id from {{ ref('p') }}"))
            .Write("tests/fixtures/f.csv", "id\n1\n").Write("tests/fixtures/deeper/f.csv", "id\n1\n")
            .Write("models/t.yml", "unit_tests:\n  - {name: t, model: a, given: [{input: ref('p'), format: csv, fixture: f}], expect: {rows: [{id: 1}]}}\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldContain("names the fixture 'f', which 2 files define");
    }

    [Theory]
    [InlineData("", "must say under overrides.macros whether is_incremental is true or false, as the model 'a' asks for it")]
    [InlineData("overrides: {macros: {is_incremental: maybe}}",
        "must say under overrides.macros whether is_incremental is true or false, as the model 'a' asks for it")]
    [InlineData("overrides: {macros: {is_incremental: true}}", "must have a 'this' input, as it tests the incremental form of the model 'a'")]
    public void A_unit_test_of_an_incremental_model_says_which_form_it_tests(string overrides, string expected)
    {
        using var project = new TemporaryProject()
            .Models((
                "p", "select 1 as id"), (
                    "a", "{{ config(materialized='incremental') }}select id from {{ ref('p') }}{% if is_incremental() %} where id > (select max(id) from {{ " +
                    "this }}){% endif %}"))
            .Write("models/t.yml",
                $"unit_tests:\n  - name: t\n    model: a\n    {overrides}\n    given: [{{input: ref('p'), rows: [{{id: 1}}]}}]\n    expect: {{rows: [{{id: " +
                $"1}}]}}\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldEndWith($"error MDL1035: the unit test 't' {expected}");
    }

    [Theory]
    [InlineData("include: [1], exclude: [2]", "names versions to include and to exclude; keep one of the lists")]
    [InlineData("include: [10]", "names the version '10', which model 'm' does not have; there are '1', '2', '3', '4', '5', '6', '7', '8', '9'")]
    public void Versions_of_a_unit_test_are_one_list_of_versions_that_there_are(string versions, string problem)
    {
        var all = Enumerable.Range(1, 9).ToList();
        using var project = new TemporaryProject().Models([.. all.Select(v => ($"m_v{v}", "select 1 as id"))])
            .Write("models/m.yml", $"models: [{{name: m, latest_version: 2, versions: [{string.Join(", ", all.Select(v => $"{{v: {v}}}"))}]}}]\n")
            .Write("models/t.yml", $"unit_tests: [{{name: t, model: m, versions: {{{versions}}}, given: [], expect: {{rows: [{{id: 1}}]}}}}]\n");

        project.Diagnose().ShouldBe([$"models/t.yml(1,21): error MDL1035: the unit test 't' {problem}"]);
    }

    [Theory]
    [InlineData("", "constraints: [{type: primary_key}]",
        "its primary key over several columns ('a', 'b') must be a constraint of the model, not of each column")]
    [InlineData("constraints: [{type: primary_key, columns: [a]}],", "",
        "its primary key must be a constraint of the model or of the column 'a', not of both")]
    public void A_primary_key_is_one_constraint(string ofModel, string ofSecondColumn, string problem)
    {
        var second = ofSecondColumn.Length == 0 ? "" : $", {ofSecondColumn}";
        using var project = new TemporaryProject().Models(("m", "{{ config(materialized='table') }} select 1 as a, 2 as b")).Write("models/m.yml",
            $"models: [{{name: m, {ofModel} config: {{contract: {{enforced: true}}}}, columns: [{{name: a, data_type: int, constraints: " +
            $"[{{type: primary_key}}]}}, {{name: b, data_type: int{second}}}]}}]\n");

        project.Diagnose().ShouldBe([$"models/m.yml(1,17): error MDL1025: the model 'm' has an enforced contract, so {problem}"]);
    }

    [Fact]
    public void A_source_has_a_field_or_a_query_for_its_age()
    {
        using var project = new TemporaryProject().Write("models/s.yml",
            "sources: [{name: raw, tables: [{name: t, loaded_at_field: at, loaded_at_query: select now(), columns: [{name: at, data_type: timestamptz}]}]}]\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldEndWith(
            "error MDL1023: 'loaded_at_query' is not a value of 'loaded_at_field': expected only one of the two for the source 'raw.t'");
    }

    [Fact]
    public void Properties_that_fit_several_disabled_models_are_refused()
    {
        const string Disabled = "{{ config(enabled=false) }} select 1 as id";
        using var project = new TemporaryProject().Models(("x/a", Disabled), ("y/a", Disabled)).Write("models/s.yml", "models: [{name: a}]\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldContain(
            "error MDL1042: Found 2 matching disabled nodes for model 'a': models/x/a.sql, models/y/a.sql; enable the one");
        project.Models(("y/a", "select 1 as id")).Diagnose().ShouldBeEmpty();
    }
}
