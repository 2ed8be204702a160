using Models.Parsing;
using Models.Project.Graph;

namespace Models.Compiler.Tests.Project;

public sealed class ProjectFileTests
{
    [Fact]
    public void A_narrower_setting_wins_and_tags_and_meta_add_up()
    {
        using var project = new TemporaryProject(
            """
            models:
              +tags: all
              +meta: {owner: everyone, tier: 3}
              shop:
                +materialized: table
                marts:
                  +tags: [marts]
                  +meta: {tier: 1}
                  +schema: data_mart
            """)
            .Write("models/marts/sales.sql", "{{ config(materialized='view', tags='own') }} select 1 as id")
            .Models(("plain", "select 1 as id"));

        var graph = project.Parse().Graph;

        var sales = (ModelNode)graph["model.shop.sales"];
        sales.Materialized.ShouldBe("view");
        sales.Tags.ShouldBe(["all", "marts", "own"]);
        sales.Meta["owner"].ShouldBe("everyone");
        sales.Meta["tier"].ShouldBe(1L);
        sales.Relation.ShouldBe(new Relation("warehouse", "dev_data_mart", "sales"));
        sales.Fqn.ShouldBe(["shop", "marts", "sales"]);
        ((ModelNode)graph["model.shop.plain"]).Materialized.ShouldBe("table");
    }

    [Fact]
    public void Properties_stand_between_the_project_file_and_the_model_itself()
    {
        using var project = new TemporaryProject("models:\n  +materialized: table\n")
            .Models(("by_properties", "select 1 as id"), ("by_itself", "{{ config(materialized='view') }} select 1 as id"))
            .Write("models/properties.yml",
                """
                models:
                  - name: by_properties
                    config: {materialized: incremental}
                  - name: by_itself
                    config: {materialized: incremental}
                """);

        var graph = project.Parse().Graph;

        graph["model.shop.by_properties"].Config.Materialized.ShouldBe("incremental");
        graph["model.shop.by_itself"].Config.Materialized.ShouldBe("view");
    }

    [Theory]
    [InlineData("modls: {}", "dbt_project.yml(4,1): warning MDL1005: 'modls' is not a key of dbt_project.yml; did you mean 'models'?")]
    [InlineData("source-paths: [models]", "dbt_project.yml(4,1): warning MDL1028: 'source-paths' is deprecated; write 'model-paths'")]
    [InlineData("models:\n  shop:\n    stagng:\n      +materialized: table",
        "dbt_project.yml(6,5): warning MDL1019: the configuration path 'models.shop.stagng' in dbt_project.yml applies to no model")]
    [InlineData(
        "models:\n\t+materialized: table", "dbt_project.yml(5,1): error MDL1002: this is not valid yaml: a tab indents the line; yaml allows spaces only")]
    [InlineData(
        "name: twice", "dbt_project.yml(4,1): warning MDL1004: 'name' is written twice in the same mapping, first in line 1; the later one counts, remove one")]
    public void A_mistake_in_the_project_file_is_placed_at_its_line(string settings, string expected)
    {
        using var project = new TemporaryProject(settings).Models(("a", "select 1 as id"));

        project.Diagnose().ShouldBe([expected]);
    }

    [Fact]
    public void A_folder_without_a_project_is_one_clear_error()
    {
        using var project = new TemporaryProject();
        File.Delete(project.PathOf("dbt_project.yml"));

        project.Diagnose().ShouldHaveSingleItem().ShouldContain("MDL1001: there is no dbt_project.yml in");
    }

    [Fact]
    public void Vars_of_the_command_line_win_over_those_of_the_package_and_the_project()
    {
        using var project = new TemporaryProject("vars:\n  colour: red\n  shape: round\n  shop:\n    colour: green\n")
            .Models(("a", "select '{{ var('colour') }} {{ var('shape') }} {{ var('size', 'small') }}' as v"));

        Sql(project.Parse()).ShouldBe("select 'green round small' as v");
        Sql(project.Parse(o => o with { Vars = new Dictionary<string, object?> { ["colour"] = "blue" } })).ShouldBe("select 'blue round small' as v");

        static string Sql(ParsedProject parsed) => parsed.Compile(parsed.Graph["model.shop.a"], new EmptyDatabase()).Sql;
    }

    [Fact]
    public void Ignored_files_are_left_out()
    {
        using var project = new TemporaryProject()
            .Models(("kept", "select 1 as id"), ("scratch_one", "select nonsense {{"))
            .Write("models/old/gone.sql", "select 1 as id")
            .Write("models/old/needed.sql", "select 1 as id")
            .Write(".dbtignore", "# leftovers\nscratch_*.sql\nmodels/old/*\n!needed.sql\n");

        project.Parse().Graph.InOrder.Select(n => n.Name).ShouldBe(["kept", "needed"], ignoreOrder: true);
    }

    [Fact]
    public void A_file_that_is_no_utf8_says_so()
    {
        using var project = new TemporaryProject().Models(("a", ""));
        File.WriteAllBytes(project.PathOf("models/a.sql"), [(byte)'x', 0xE9, (byte)'y']);

        project.Diagnose().ShouldBe(["models/a.sql(1,2): error MDL1011: the file cannot be read: byte 0xE9 at offset 1 is not UTF-8; save the file as UTF-8"]);
    }
}
