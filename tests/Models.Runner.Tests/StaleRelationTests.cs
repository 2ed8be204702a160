using Models.Engine;

namespace Models.Runner.Tests;

/// <summary>Relations under the names that a build uses on its way: leftovers of interrupted runs, and old versions that are still read.</summary>
public sealed class StaleRelationTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("view")]
    [InlineData("table")]
    [InlineData("incremental")]
    [InlineData("materialized_view")]
    public async Task What_an_interrupted_run_left_is_dropped(string materialized)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", $"{{{{ config(materialized='{materialized}') }}}} select 1 as id");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        await project.ExecuteAsync("create table dev.m__dbt_tmp (id int); create view dev.m__dbt_backup as select 1 as id");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select string_agg(relname, ',') from pg_class where relnamespace = 'dev'::regnamespace")).ShouldBe("m");
    }

    [Fact]
    public async Task A_view_that_goes_with_a_leftover_is_named()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "select 1 as id");
        await project.ExecuteAsync(
            "create schema dev; create table dev.m__dbt_backup (id int); create view public.v as select * from dev.m__dbt_backup; create view public.w as " +
            "select * from public.v");
        var said = new MessageLines();

        (await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options() }, said)).ShouldSucceed();

        said.Lines.Where(l => l.StartsWith("View", StringComparison.Ordinal)).ShouldBe(
        [
            "View \"public\".\"v\" reads a version of \"dev\".\"m\" that an interrupted run left, and is dropped with it; build it again.",
            "View \"public\".\"w\" reads a version of \"dev\".\"m\" that an interrupted run left, and is dropped with it; build it again.",
        ]);
    }

    [Fact]
    public async Task A_model_that_bears_such_a_name_is_not_dropped()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "select id from {{ ref('m__dbt_tmp') }}").Model("m__dbt_tmp", "{{ config(materialized='table') }} select 1 as id");

        (await project.RunAsync(RunVerb.Run)).Of("m").Message
            .ShouldBe(
                "'model.shop.m' is built under the name \"dev\".\"m__dbt_tmp\", which is the relation of 'model.shop.m__dbt_tmp'. Give that another alias.");
        (await project.ScalarAsync("select id from dev.m__dbt_tmp")).ShouldBe("1");
    }

    [Fact]
    public async Task A_view_that_no_longer_fits_is_named_by_its_own_name_and_so_is_what_it_read()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table') }} select 1 as id, 2 as n").Model("v", "select id, n from {{ ref('t') }}");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        await project.ExecuteAsync("create view public.others as select n from dev.t");
        project.Model("t", "{{ config(materialized='table') }} select 1 as id").Model("v", "select id from {{ ref('t') }}");
        var said = new MessageLines();

        (await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options() }, said)).ShouldSucceed();

        said.Lines.Where(l => l.StartsWith("View", StringComparison.Ordinal)).ShouldBe(
            ["View \"public\".\"others\" does not fit the new version of \"dev\".\"t\" and is dropped with the old one; build it again."]);
        said.Lines.ShouldAllBe(l => !l.Contains("__dbt_"));
    }

    [Fact]
    public async Task A_seed_loaded_anew_keeps_the_views_that_read_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/s.csv", "id,n\n1,2\n").Model("v", "select id from {{ ref('s') }}");
        (await project.BuildAsync()).ShouldSucceed();

        project.Write("seeds/s.csv", "id\n3\n");
        (await project.RunAsync(new RunOptions { Verb = RunVerb.Seed, Compile = project.Options(fullRefresh: true) })).ShouldSucceed();

        (await project.ScalarAsync("select id from dev.v")).ShouldBe("3");
        (await project.ScalarAsync("select string_agg(relname, ',' order by relname) from pg_class where relnamespace = 'dev'::regnamespace")).ShouldBe("s,v");
    }
}
