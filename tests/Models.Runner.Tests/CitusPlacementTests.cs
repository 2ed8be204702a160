using Models.Database;
using Models.Engine;

namespace Models.Runner.Tests;

public sealed class CitusPlacementTests(PostgresFixture postgres)
{
    // Citus itself is not at hand: its place in the catalog and its two functions stand in, and keep what they are asked for
    private const string StandIn = """
        insert into pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        select 16000, 'citus', 10, oid, false, '0' from pg_catalog.pg_namespace where nspname = 'public';
        create table public.placed (relation text, distribution text);
        create function public.create_distributed_table(relation regclass, distribution text) returns void language sql
            as $$ insert into public.placed select relation::text, distribution $$;
        create function public.create_reference_table(relation regclass) returns void language sql
            as $$ insert into public.placed select relation::text, 'reference' $$;
        """;

    [Fact]
    public async Task A_table_is_distributed_in_the_transaction_that_makes_it()
    {
        await using var project = await CreateAsync();
        await project.ExecuteAsync(StandIn);
        project.Model("broken", "{{ config(materialized='table', meta={'leadline': {'distributed_by': 'id'}}, post_hook='select 1 / 0') }} select 1 as id");

        var summary = await project.RunAsync(RunVerb.Run);

        summary.Of("broken").Status.ShouldBe(NodeStatus.Error);
        summary.Of("facts").Status.ShouldBe(NodeStatus.Success);
        summary.Of("places").Status.ShouldBe(NodeStatus.Success);
        (await project.RowsAsync("select relation, distribution from public.placed order by 1"))
            .ShouldBe(["dev.facts__dbt_tmp|customer_id", "dev.places__dbt_tmp|reference"]);
    }

    [Fact]
    public async Task A_server_without_the_extension_keeps_ordinary_tables()
    {
        await using var project = await CreateAsync();

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select count(*) from dev.facts join dev.places on true")).ShouldBe("1");
    }

    [Fact]
    public async Task A_table_cannot_be_both()
    {
        await using var project = await CreateAsync();
        project.Model("both", "{{ config(materialized='table', meta={'leadline': {'distributed_by': 'id', 'reference': true}}) }} select 1 as id");

        (await project.RunAsync(RunVerb.Run)).Of("both").Message.ShouldBe("Model 'both' has both distributed_by and reference in meta.leadline; keep one.");
    }

    [Theory]
    [InlineData("models/m.sql",
        "{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id', meta={'leadline': {'distributed_by': 'id'}}) }} select 1 as id",
        "the incremental strategy 'merge' does not work on a distributed or reference table")]
    [InlineData(
        "models/m.sql", "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='at', begin='2026-01-01', batch_size='year', " +
        "meta={'leadline': {'reference': true}}) }} select now() as at",
        "the incremental strategy 'microbatch' does not work on a distributed or reference table")]
    [InlineData(
        "snapshots/m.sql", "{% snapshot m %}{{ config(unique_key='id', strategy='check', check_cols='all', meta={'leadline': {'distributed_by': 'id'}}) }} " +
        "select 1 as id{% endsnapshot %}",
        "a snapshot cannot be built as a distributed or reference table")]
    [InlineData("seeds/m.csv", "id\n1\n", "a seed cannot be built as a distributed or reference table")]
    public async Task What_does_not_work_on_a_cluster_is_refused_in_one_line(string file, string text, string expected)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(StandIn);
        project.Write(file, text).Write("seeds/seeds.yml", "seeds: [{name: m, config: {meta: {leadline: {distributed_by: id}}}}]\n");

        (await project.BuildAsync())
            .Of("m").Message.ShouldBe($"'m' has distributed_by or reference in meta.leadline, and {expected} yet. Take it out of meta.");
    }

    [Fact]
    public async Task A_blue_green_build_of_a_cluster_is_refused_before_anything_is_built()
    {
        await using var project = await CreateAsync();
        await project.ExecuteAsync(StandIn);

        var build = () => project.RunAsync(new RunOptions { Verb = RunVerb.Build, Compile = project.Options(), BlueGreen = true });

        (await build.ShouldThrowAsync<RunException>()).Message
            .ShouldBe("--blue-green does not work with distributed or reference tables yet, and 'facts' is one. Build without --blue-green.");
        (await project.ScalarAsync("select count(*) from pg_namespace where nspname like 'dev__%'")).ShouldBe("0");
    }

    private async Task<TestProject> CreateAsync() => (await TestProject.CreateAsync(postgres))
        .Model("facts", "{{ config(materialized='incremental', meta={'leadline': {'distributed_by': 'customer_id'}}) }} select 1 as customer_id")
        .Model("places", "select 1 as id")
        .Write("models/places.yml", "models: [{name: places, config: {materialized: table, meta: {leadline: {reference: true}}}}]\n");
}
