namespace Models.Compiler.Tests.Analysis;

public sealed class CacheTests
{
    private static BuildOptions Keep(BuildOptions build, ShopProject project) => build with { CacheDirectory = project.OutputFolder };

    [Fact]
    public async Task A_template_that_loops_over_a_seeds_rows_sees_them_in_every_compilation()
    {
        using var project = new ShopProject()
            .Write("seeds/states.csv", "state\nopen\nclosed\n")
            .Write("models/listed.sql", "select state from {{ ref('states') }}")
            .Write(
                "models/pivoted.sql",
                "select {% for s in run_query('select state from ' ~ ref('listed') ~ ' order by 1').columns[0].values() %}1 as is_{{ s }}{{ ', ' if not loop.last }}{% endfor %}");

        var first = await project.CompileAsync(b => Keep(b, project));
        var second = await project.CompileAsync(b => Keep(b, project));
        project.Write("models/pivoted.sql", File.ReadAllText(project.PathOf("models/pivoted.sql")) + ", 2 as two");
        var third = await project.CompileAsync(b => Keep(b, project));

        first.ColumnsOf("pivoted").ShouldBe(["is_closed integer", "is_open integer"]);
        second.AnalysedCount.ShouldBe(0);
        third.ColumnsOf("pivoted").ShouldBe(["is_closed integer", "is_open integer", "two integer"]);
    }

    [Fact]
    public async Task A_change_is_followed_only_as_far_as_it_changes_columns()
    {
        using var project = new ShopProject()
            .Write("models/one.sql", "select order_id as id from {{ ref('orders') }}")
            .Write("models/two.sql", "select id from {{ ref('one') }}")
            .Write("models/three.sql", "select id::text as id from {{ ref('two') }}")
            .Write("models/four.sql", "select id from {{ ref('three') }}");
        (await project.CompileAsync(b => Keep(b, project))).AnalysedCount.ShouldBe(7);

        project.Write("models/one.sql", "select order_id + 1 as id from {{ ref('orders') }}");
        (await project.CompileAsync(b => Keep(b, project))).AnalysedCount.ShouldBe(1);

        project.Write("models/one.sql", "select (order_id + 1)::bigint as id from {{ ref('orders') }}");
        var retyped = await project.CompileAsync(b => Keep(b, project));
        retyped.AnalysedCount.ShouldBe(3);
        retyped.ColumnsOf("two").ShouldBe(["id bigint"]);
        retyped.Node("four").Lineage.Columns["id"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_damaged_cache_is_made_again()
    {
        using var project = new ShopProject();
        var first = await project.CompileAsync(b => Keep(b, project));
        foreach (var file in first.OtherFiles)
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^20]);

        var second = await project.CompileAsync(b => Keep(b, project));

        second.AnalysedCount.ShouldBe(first.AnalysedCount);
        second.Succeeded.ShouldBeTrue();
    }
}
