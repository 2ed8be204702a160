using Models.Engine;

namespace Models.Runner.Tests;

public sealed class SnapshotTests(PostgresFixture postgres)
{
    private async Task<TestProject> CreateAsync(string settings)
    {
        var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(
            "create schema raw; create table raw.orders (id int, status text, changed_at timestamp); insert into raw.orders values (1, 'new', '2026-01-01'), " +
            "(2, 'new', '2026-01-01'), (3, null, '2026-01-01')");
        return project.Write("snapshots/orders.sql", $$$"""
            {% snapshot order_history %}
            {{ config(unique_key='id', target_schema='dev', {{{settings}}}) }}
            select * from raw.orders
            {% endsnapshot %}
            """);
    }

    [Fact]
    public async Task A_changed_row_gets_a_new_version_and_the_old_one_is_closed()
    {
        await using var project = await CreateAsync("strategy='timestamp', updated_at='changed_at'");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        await project.ExecuteAsync(
            "update raw.orders set status = 'sent', changed_at = '2026-02-01' where id = 1; insert into raw.orders values (4, 'new', '2026-02-01'); delete " +
            "from raw.orders where id = 2");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        (await project.RowsAsync("select id, status, dbt_valid_from::date::text, dbt_valid_to::date::text from dev.order_history order by 1, 3"))
            .ShouldBe(["1|new|2026-01-01|2026-02-01", "1|sent|2026-02-01|-", "2|new|2026-01-01|-", "3|-|2026-01-01|-", "4|new|2026-02-01|-"]);
        (await project.ScalarAsync("select dbt_scd_id = md5('1' || '|' || changed_at::varchar) from dev.order_history where status = 'sent'")).ShouldBe("True");
    }

    [Theory]
    [InlineData("strategy='timestamp', updated_at='changed_at'")]
    [InlineData("strategy='check', check_cols='all', hard_deletes='invalidate'")]
    [InlineData("strategy='check', check_cols=['status'], hard_deletes='new_record'")]
    public async Task A_row_whose_key_is_null_has_one_version_until_it_changes(string settings)
    {
        await using var project = await CreateAsync(settings);
        await project.ExecuteAsync("update raw.orders set id = null where id = 3");
        for (var i = 0; i < 3; i++)
            (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        (await project.ScalarAsync("select count(*) from dev.order_history")).ShouldBe("3");

        await project.ExecuteAsync("update raw.orders set status = 'sent', changed_at = '2026-02-01' where id is null");
        for (var i = 0; i < 2; i++)
            (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        (await project.RowsAsync("select status, dbt_valid_to is null from dev.order_history where id is null order by dbt_valid_from, 2"))
            .ShouldBe(["-|False", "sent|True"]);
    }

    [Theory]
    [InlineData("['status']")]
    [InlineData("'all'")]
    public async Task The_check_strategy_compares_columns_nulls_included(string columns)
    {
        await using var project = await CreateAsync($"strategy='check', check_cols={columns}");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        await project.ExecuteAsync("update raw.orders set status = 'sent' where id = 1; update raw.orders set status = 'found' where id = 3");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        (await project.RowsAsync("select id, status, dbt_valid_to is null from dev.order_history order by 1, dbt_valid_from"))
            .ShouldBe(["1|new|False", "1|sent|True", "2|new|True", "3|-|False", "3|found|True"]);
        (await project.ScalarAsync("select count(*) from dev.order_history o join dev.order_history n using (id) where o.dbt_valid_to = n.dbt_valid_from"))
            .ShouldBe("2");
    }

    [Fact]
    public async Task A_row_that_is_gone_is_closed_where_asked()
    {
        await using var project = await CreateAsync("strategy='timestamp', updated_at='changed_at', hard_deletes='invalidate'");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        await project.ExecuteAsync("delete from raw.orders where id = 2");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        (await project.RowsAsync("select id, dbt_valid_to is null from dev.order_history order by 1")).ShouldBe(["1|True", "2|False", "3|True"]);
    }

    [Fact]
    public async Task A_row_that_is_gone_gets_a_record_of_it_where_asked_and_may_come_back()
    {
        await using var project = await CreateAsync("strategy='timestamp', updated_at='changed_at', hard_deletes='new_record'");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        await project.ExecuteAsync("delete from raw.orders where id = 2");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        (await project.RowsAsync("select dbt_is_deleted, dbt_valid_to is null from dev.order_history where id = 2 order by dbt_valid_from"))
            .ShouldBe(["False|False", "True|True"]);

        await project.ExecuteAsync("insert into raw.orders values (2, 'back', '2100-01-01')");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        (await project.RowsAsync("select dbt_is_deleted, dbt_valid_to is null from dev.order_history where id = 2 order by dbt_valid_from"))
            .ShouldBe(["False|False", "True|False", "False|True"]);
    }

    [Fact]
    public async Task New_columns_are_added_and_keys_may_be_several()
    {
        await using var project = await CreateAsync("strategy='check', check_cols='all'");
        project.Write("snapshots/orders.sql", """
            {% snapshot order_history %}
            {{ config(unique_key=['id', 'status'], target_schema='dev', strategy='check', check_cols='all', dbt_valid_to_current="'9999-12-31'::timestamp") }}
            select * from raw.orders where status is not null
            {% endsnapshot %}
            """);
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        await project.ExecuteAsync("alter table raw.orders add column city text; update raw.orders set city = 'Riga' where id = 1");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        (await project.RowsAsync("select id, city, extract(year from dbt_valid_to) from dev.order_history order by 1, dbt_valid_from"))
            .Select(r => r.Replace($"{DateTime.UtcNow.Year}", "now")).ShouldBe(["1|-|now", "1|Riga|9999", "2|-|now", "2|-|9999"]);
    }

    [Theory]
    [InlineData("strategy='timestamp', updated_at='changed_at', hard_deletes='invalidate'")]
    [InlineData("strategy='check', check_cols=['status'], hard_deletes='invalidate'")]
    public async Task The_unique_key_may_be_an_expression(string settings)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync(
            "create schema raw; create table raw.orders (id int, kind text, status text, changed_at timestamp); insert into raw.orders values (1, 'a', " +
            "'new', '2026-01-01'), (1, 'b', 'new', '2026-01-01'), (2, 'a', 'new', '2026-01-01')");
        project.Write("snapshots/orders.sql", $$$"""
            {% snapshot order_history %}
            {{ config(unique_key="id || '-' || kind", target_schema='dev', {{{settings}}}) }}
            select * from raw.orders
            {% endsnapshot %}
            """);
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        await project.ExecuteAsync(
            "update raw.orders set status = 'sent', changed_at = '2026-02-01' where id = 1 and kind = 'b'; delete from raw.orders where id = 2");

        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        (await project.RowsAsync("select id, kind, status, dbt_valid_to is null from dev.order_history order by 1, 2, dbt_valid_from"))
            .ShouldBe(["1|a|new|True", "1|b|new|False", "1|b|sent|True", "2|a|new|False"]);
    }

    [Fact]
    public async Task A_new_column_under_check_makes_every_row_a_changed_one()
    {
        await using var project = await CreateAsync("strategy='check', check_cols='all'");
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        await project.ExecuteAsync("alter table raw.orders add column note text");

        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();
        (await project.RunAsync(RunVerb.Snapshot)).ShouldSucceed();

        (await project.RowsAsync("select id, count(*), count(*) filter (where dbt_valid_to is null) from dev.order_history group by id order by id"))
            .ShouldBe(["1|2|1", "2|2|1", "3|2|1"]);
    }
}
