using Models.Compiler.Tests.Project;
using Models.Project.Graph;

namespace Models.Compiler.Tests.Graph;

public sealed class ReferenceTests
{
    [Fact]
    public void An_unknown_ref_is_placed_at_the_call_with_the_nearest_name()
    {
        using var project = new TemporaryProject().Models(("stg_lead", "select 1 as id"), ("lead", "select *\nfrom {{ ref('stg_leed') }}"));

        project.Diagnose().ShouldBe(["models/lead.sql(2,9): error MDL3001: there is no model, seed or snapshot 'stg_leed'; did you mean 'stg_lead'?"]);
    }

    [Fact]
    public void An_unknown_source_is_placed_at_the_call_with_the_nearest_name()
    {
        using var project = new TemporaryProject()
            .Models(("lead", "select * from {{ source('raw', 'leed') }}"))
            .Write("models/sources.yml", "sources:\n  - name: raw\n    tables: [{name: lead}]\n");

        project.Diagnose().ShouldBe(["models/lead.sql(1,18): error MDL3002: there is no source 'raw.leed'; did you mean 'raw.lead'?"]);
    }

    [Fact]
    public void A_disabled_model_cannot_be_read_and_its_tests_are_left_out()
    {
        using var project = new TemporaryProject()
            .Models(("off", "{{ config(enabled=false) }} select 1 as id"), ("on", "select * from {{ ref('off') }}"))
            .Write("models/schema.yml", "models:\n  - name: off\n    columns: [{name: id, data_tests: [unique]}]\n");

        var parsed = project.Parse();

        parsed.Diagnostics.ToSortedList().Select(project.Show)
            .ShouldBe(["models/on.sql(1,18): error MDL3003: 'off' is disabled; enable it in models/off.sql, or stop reading it"]);
        parsed.Graph.InOrder.Select(n => n.UniqueId).ShouldBe(["model.shop.on"]);
        parsed.Disabled.Count.ShouldBe(2);
    }

    [Fact]
    public void A_circle_is_reported_as_the_path_with_each_place()
    {
        using var project = new TemporaryProject().Models(
            ("a", "select * from {{ ref('c') }}"),
            ("b", "select * from {{ ref('a') }}"),
            ("c", "select 1 as x,\n* from {{ ref('b') }}"),
            ("outside", "select 1 as id"),
            ("reader", "select * from {{ ref('a') }}"));

        project.Diagnose().ShouldBe(
        [
            "models/a.sql(1,18): error MDL3004: these nodes depend on each other in a circle: 'a' reads 'c' at a.sql(1,18), "
            + "'c' reads 'b' at c.sql(2,11), 'b' reads 'a' at b.sql(1,18); break one of the references",
        ]);
    }

    [Fact]
    public void A_model_that_reads_itself_is_a_circle()
    {
        using var project = new TemporaryProject().Models(("a", "select * from {{ ref('a') }}"));

        project.Diagnose().ShouldHaveSingleItem().ShouldContain("'a' reads 'a' at a.sql(1,18)");
    }

    [Fact]
    public void Parents_come_before_children()
    {
        using var project = new TemporaryProject().Models(
            ("a", "select * from {{ ref('b') }} union all select * from {{ ref('c') }}"),
            ("b", "select * from {{ ref('c') }}"),
            ("c", "select 1 as id"));

        project.Parse().Graph.InOrder.Select(n => n.Name).ShouldBe(["c", "b", "a"]);
    }

    [Fact]
    public void Two_models_of_one_name_are_refused()
    {
        using var project = new TemporaryProject().Write("models/x/a.sql", "select 1 as id").Write("models/y/a.sql", "select 1 as id");

        project.Diagnose().ShouldHaveSingleItem().ShouldContain("error MDL3013: model 'a' is defined twice");
    }

    [Fact]
    public void A_source_table_written_twice_is_refused()
    {
        using var project = new TemporaryProject()
            .Write("models/sources.yml",
                "sources:\n  - name: raw\n    tables:\n      - {name: t, columns: [{name: id, data_tests: [unique]}]}\n      - name: t\n");

        project.Diagnose().ShouldHaveSingleItem().ShouldContain("error MDL3013: source 't' is defined twice");
    }

    [Fact]
    public void Two_models_that_would_be_one_table_are_refused()
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id"), ("b", "{{ config(alias='a') }} select 1 as id"));

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldEndWith(
                """error MDL3005: 'model.shop.a' and 'model.shop.b' would both be built as "warehouse"."dev"."a"; give one another alias or schema""");
    }

    [Fact]
    public void Access_and_group_of_the_project_file_and_of_the_model_itself_protect()
    {
        using var project = new TemporaryProject("models:\n  shop:\n    inner:\n      +access: private\n      +group: finance\n")
            .Write("models/inner/secret.sql", "select 1 as id")
            .Write("models/inner/friend.sql", "select * from {{ ref('secret') }}")
            .Models(
                ("stranger", "select * from {{ ref('secret') }}"),
                ("own", "{{ config(access='private', group='finance') }} select 1 as id"),
                ("other", "select * from {{ ref('own') }}"),
                ("open", "{{ config(materialized='ephemeral', access='public') }} select 1 as id"))
            .Write("models/groups.yml", "groups: [{name: finance, owner: {email: a@example.org}}]\n");

        project.Diagnose().ShouldBe(
        [
            "models/open.sql: error MDL1036: the model 'open' is ephemeral, so it cannot be public: other projects have no relation to read; materialize it, " +
            "or make it protected",
            "models/other.sql(1,18): error MDL3006: 'own' is private to the group 'finance'; read a public or protected model, or join the group",
            "models/stranger.sql(1,18): error MDL3006: 'secret' is private to the group 'finance'; read a public or protected model, or join the group",
        ]);
        ((ModelNode)project.Parse().Graph["model.shop.secret"]).Access.ShouldBe("private");
    }

    [Fact]
    public void A_contract_of_the_project_file_holds_for_models_without_properties()
    {
        using var project = new TemporaryProject("models:\n  +contract: {enforced: true}\n")
            .Models(("a", "select 1 as id"), ("b", "{{ config(materialized='incremental') }} select 1 as id"))
            .Write("models/b.yml", "models: [{name: b, columns: [{name: id, data_type: integer}]}]\n");

        project.Diagnose().ShouldBe(
        [
            "models/a.sql: error MDL1025: the model 'a' has an enforced contract, so its columns must be declared, each with a data_type",
            "models/b.yml(1,17): error MDL1025: the model 'b' has an enforced contract, so as an incremental model it must set on_schema_change to " +
            "'append_new_columns' or 'fail', not 'ignore'",
        ]);
    }

    [Fact]
    public void A_private_model_is_read_within_its_group_only()
    {
        using var project = new TemporaryProject()
            .Models(("secret", "select 1 as id"), ("friend", "select * from {{ ref('secret') }}"), ("stranger", "select * from {{ ref('secret') }}"))
            .Write("models/schema.yml",
                """
                groups:
                  - {name: finance, owner: {name: Ann}}
                models:
                  - {name: secret, access: private, group: finance}
                  - {name: friend, group: finance}
                """);

        project.Diagnose().ShouldBe(
            ["models/stranger.sql(1,18): error MDL3006: 'secret' is private to the group 'finance'; read a public or protected model, or join the group"]);
    }

    [Fact]
    public void A_ref_hidden_from_parsing_says_how_to_declare_it()
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id"), ("b", "{% if execute %}select * from {{ ref('a') }}{% endif %}"));
        var parsed = project.Parse();

        Should.Throw<Diagnostics.DiagnosticException>(() => parsed.Compile(parsed.Graph["model.shop.b"], new EmptyDatabase()))
            .Diagnostic.Message.ShouldBe(
                "'b' reads 'a', which was not seen when the project was parsed; write '-- depends_on: {{ ref('a') }}' into the file, outside of any condition");
    }

    [Fact]
    public void A_thousand_mistakes_are_all_reported()
    {
        using var project = new TemporaryProject();
        for (var i = 0; i < 1000; i++)
            project.Models(($"m{i:000}", $"select * from {{{{ ref('missing_thing_{i}') }}}}"));

        project.Diagnose().Count.ShouldBe(1000);
    }
}
