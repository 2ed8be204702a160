using System.Text.Json;
using Npgsql;

namespace Ingestion.Worker.Tests;

/// <summary>The marketplace from files of the public dataset's shape to its facts: operational database, lake, raw, models.</summary>
public sealed class EcommercePipelineTests(PostgresFixture postgres)
{
    private static readonly string[] s_tables =
        ["category_translation", "customers", "geolocation", "order_items", "order_payments", "order_reviews", "orders", "products", "sellers"];

    [Fact]
    public async Task The_public_dataset_s_own_files_go_through_the_operational_database_and_the_lake_and_give_its_totals()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddProject("ecommerce");
        var pipeline = File.ReadAllText(Path.Combine(TestPaths.Repository, "Models", "Warehouse", "ecommerce", "pipeline.yml"));
        scene.AddPipeline("ecommerce", pipeline.Replace("retries: 3", "retries: 1", StringComparison.Ordinal).Replace("backoff: 5s", "backoff: 1s", StringComparison.Ordinal));
        var files = MarketplaceFiles.Write(Path.Combine(scene.Folder, "data", "ecommerce"), orders: 400);
        var marketplace = await postgres.Server.CreateDatabaseAsync(default);
        var worker = await scene.StartHealthyAsync(
            ("Leadline__Data", Path.Combine(scene.Folder, "data")), ("Leadline__Lake", Path.Combine(scene.Folder, "lake")),
            ("ConnectionStrings__marketplace", marketplace));

        (await scene.QueryAsync("select string_agg(step || ' ' || status, ', ' order by started_at) from ingestion.run_steps"))
            .ShouldBe("extract Succeeded, load Succeeded, models Succeeded");
        Extracted(scene).ShouldBe(s_tables);
        (await scene.QueryAsync("select count(*) from raw.market_order_reviews")).ShouldBe((long)files.Reviews);
        (await scene.QueryAsync("select count(distinct review_comment_message) from raw.market_order_reviews")).ShouldBe(2L);
        (await scene.QueryAsync("select count(*) from ingestion.quarantine")).ShouldBe(0L);
        (await RowsAsync(scene, "select category_name || ' ' || sales from dev_test_ecommerce_mart.fct_sales_by_category"))
            .ShouldBe(files.Sales.Select(s => FormattableString.Invariant($"{(s.Key.Length > 0 ? s.Key : "unknown")} {s.Value:0.00}")), ignoreOrder: true);
        (await RowsAsync(scene, "select state || ' ' || orders from dev_test_ecommerce_mart.fct_orders_per_state"))
            .ShouldBe(files.OrdersPerState.Select(s => $"{s.Key} {s.Value}"), ignoreOrder: true);
        (await scene.QueryAsync("select average_minutes from dev_test_ecommerce_mart.fct_delivery_time where purchase_month is null"))
            .ShouldBe(Math.Round(files.DeliveryMinutes.Average(), 2, MidpointRounding.AwayFromZero));

        // the operational system goes on: a table is replaced as a whole, and up to ten records of it may be bad
        await using var source = NpgsqlDataSource.Create(marketplace);
        await ExecuteAsync(source, """
            delete from order_payments where payment_type = 'not_defined';
            alter table order_payments alter payment_value drop not null;
            insert into order_payments select order_id, 2, 'voucher', 1, null from orders order by order_id limit 10
            """);
        Status(await WorkerScene.RunToEndAsync(worker, "ecommerce")).ShouldStartWith("Succeeded|");
        (await scene.QueryAsync("select count(*) from raw.market_order_payments")).ShouldBe(390L);
        (await scene.QueryAsync("select count(*) from ingestion.quarantine")).ShouldBe(10L);

        await ExecuteAsync(source, "insert into order_payments select order_id, 3, 'voucher', 1, null from orders order by order_id limit 1");
        Status(await WorkerScene.RunToEndAsync(worker, "ecommerce")).ShouldContain("more than 10 records are not what");
        (await scene.QueryAsync("select count(*) from raw.market_order_payments")).ShouldBe(390L);
        (await scene.QueryAsync("select count(*) from ingestion.run_attempts where step = 'load' and status = 'Failed'")).ShouldBe(2L);
    }

    private static IEnumerable<string> Extracted(WorkerScene scene) =>
        Directory.GetFiles(Path.Combine(scene.Folder, "lake", "ecommerce")).Select(f => Path.GetFileName(f).Split('-')[0]).Order(StringComparer.Ordinal);

    private static string Status(JsonElement details)
    {
        var run = details.GetProperty("run");
        return $"{run.GetProperty("status")}|{run.GetProperty("reason")}";
    }

    private static async Task<List<string>> RowsAsync(WorkerScene scene, string sql)
    {
        await using var command = scene.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
