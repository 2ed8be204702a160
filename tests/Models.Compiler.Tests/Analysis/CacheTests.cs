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
                "select {% for s in run_query('select state from ' ~ ref('listed') ~ ' order by 1').columns[0].values() %}1 as is_{{ s }}{{ ', ' if not " +
                "loop.last }}{% endfor %}");

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

    /// <summary>Edits of everything a template that asks the database may depend on besides its own text.</summary>
    [Theory]
    [InlineData("seeds/states.csv", "open", "begun", "is_begun integer")]
    [InlineData("models/listed.sql", "state from", "'x' || state as state from", "is_xopen integer")]
    [InlineData("macros/named.sql", "is_", "was_", "was_open integer")]
    [InlineData("dbt_project.yml", "suffix: ''", "suffix: _now", "is_open_now integer")]
    [InlineData("models/meta.yml", "value: '1'", "value: '1::bigint'", "is_open bigint")]
    [InlineData("dbt_packages/tools/macros/ended.sql", "return('')", "return('_end')", "is_open_end integer")]
    [InlineData("models/inlined.sql", "1 as one", "1 as one where true", "is_open integer")]
    public async Task What_a_template_that_asks_reads_is_noticed(string file, string before, string after, string column)
    {
        using var project = new ShopProject()
            .Write("seeds/states.csv", "state\nopen\n")
            .Write("models/listed.sql", "select state from {{ ref('states') }}")
            .Write("models/inlined.sql", "{{ config(materialized='ephemeral') }} select 1 as one")
            .Write("macros/named.sql", "{% macro named(s) %}is_{{ s }}{{ var('suffix') }}{{ tools.ended() }}{% endmacro %}")
            .Write("dbt_packages/tools/dbt_project.yml", "name: tools\nversion: '1.0'\n")
            .Write("dbt_packages/tools/macros/ended.sql", "{% macro ended() %}{{ return('') }}{% endmacro %}")
            .Write("packages.yml", "packages:\n  - local: dbt_packages/tools\n")
            .Write("models/meta.yml", "models:\n  - {name: pivoted, config: {meta: {value: '1'}}}\n")
            .Write(
                "models/pivoted.sql",
                "select {% for s in run_query('select state from ' ~ ref('listed')).columns[0].values() %}{{ config.get('meta').value }} as {{ named(s) }}{% " +
                "endfor %} from {{ ref('inlined') }}");
        project.Write("dbt_project.yml", File.ReadAllText(project.PathOf("dbt_project.yml")) + "\nvars:\n  suffix: ''\n");
        (await project.CompileAsync(b => Keep(b, project))).ColumnsOf("pivoted").ShouldBe(["is_open integer"]);
        (await project.CompileAsync(b => Keep(b, project))).AnalysedCount.ShouldBe(0);

        project.Write(file, File.ReadAllText(project.PathOf(file)).Replace(before, after, StringComparison.Ordinal));
        var edited = await project.CompileAsync(b => Keep(b, project));

        edited.ColumnsOf("pivoted").ShouldBe([column]);
        edited.AnalysedCount.ShouldBeGreaterThan(0);
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

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public async Task A_cache_in_which_a_byte_is_another_is_made_again(int part)
    {
        using var project = new ShopProject();
        var first = await project.CompileAsync(b => Keep(b, project));
        var cache = first.OtherFiles.Single(f => f.EndsWith("analysis.cache", StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(cache);
        bytes[bytes.Length / part] ^= 0xFF;
        File.WriteAllBytes(cache, bytes);

        (await project.CompileAsync(b => Keep(b, project))).AnalysedCount.ShouldBe(first.AnalysedCount);
    }
}
