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
        (await project.RowsAsync("select relation, distribution from public.placed order by 1")).ShouldBe(["dev.facts__dbt_tmp|customer_id", "dev.places__dbt_tmp|reference"]);
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

    private async Task<TestProject> CreateAsync() => (await TestProject.CreateAsync(postgres))
        .Model("facts", "{{ config(materialized='incremental', meta={'leadline': {'distributed_by': 'customer_id'}}) }} select 1 as customer_id")
        .Model("places", "select 1 as id")
        .Write("models/places.yml", "models: [{name: places, config: {materialized: table, meta: {leadline: {reference: true}}}}]\n");
}
