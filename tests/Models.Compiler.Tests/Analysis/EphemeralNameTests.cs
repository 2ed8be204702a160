using Models.Analysis.Lineage;

namespace Models.Compiler.Tests.Analysis;

/// <summary>Ephemeral models that the server would take for one another have names of their own in the queries they are put into.</summary>
public sealed class EphemeralNameTests
{
    private const string Ephemeral = "{{ config(materialized='ephemeral') }} ";

    [Fact]
    public async Task Two_packages_may_have_ephemeral_models_of_one_name()
    {
        using var project = new ShopProject()
            .Write("dbt_packages/other/dbt_project.yml", "name: other\nversion: '1.0'\n")
            .Write("dbt_packages/other/models/short.sql", Ephemeral + "select 'b' as word, 2 as n")
            .Write("packages.yml", "packages: [{local: dbt_packages/other}]")
            .Write("models/short.sql", Ephemeral + "select 'a' as word")
            .Write("models/both.sql", "select a.word, b.word as other, b.n from {{ ref('shop', 'short') }} as a cross join {{ ref('other', 'short') }} as b");

        var result = await project.CompileAsync();

        result.ColumnsOf("both").ShouldBe(["word text", "other text", "n integer"]);
        result.Node("both").Lineage.ShouldNotBe(NodeLineage.Empty);
    }

    [Fact]
    public async Task Two_long_names_with_one_beginning_are_two()
    {
        var name = new string('n', 60);
        using var project = new ShopProject()
            .Write($"models/{name}_a.sql", Ephemeral + "select 1 as a")
            .Write($"models/{name}_b.sql", Ephemeral + "select 'x' as b")
            .Write("models/both.sql", $"select a, b from {{{{ ref('{name}_a') }}}} cross join {{{{ ref('{name}_b') }}}}");

        (await project.CompileAsync()).ColumnsOf("both").ShouldBe(["a integer", "b text"]);
    }

    [Fact]
    public async Task One_alias_for_two_ephemeral_models_is_no_collision()
    {
        using var project = new ShopProject()
            .Write("models/a.sql", "{{ config(materialized='ephemeral', alias='one') }} select 1 as a")
            .Write("models/b.sql", "{{ config(materialized='ephemeral', alias='One') }} select 'x' as b")
            .Write("models/both.sql", "select a, b from {{ ref('a') }} cross join {{ ref('b') }}");

        (await project.CompileAsync()).ColumnsOf("both").ShouldBe(["a integer", "b text"]);
    }
}
