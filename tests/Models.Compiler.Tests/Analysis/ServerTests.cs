using Models.Postgres;
using Models.Postgres.Clusters;

namespace Models.Compiler.Tests.Analysis;

public sealed class ServerTests
{
    /// <summary>A template that ends every other connection to the server: always, or the first time only.</summary>
    private const string Killer =
        """
        {% if execute and run_query("select 1 from pg_database where datname = 'spared'").rows | length == 0 %}
          SPARE
          {% do run_query("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'") %}
        {% endif %}
        select order_id from {{ ref('orders') }}
        """;

    [Fact]
    public async Task A_server_that_goes_away_is_asked_once_more()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        using var project = new ShopProject()
            .Write("models/killer.sql", Killer.Replace("SPARE", "{% do run_query('create database spared') %}", StringComparison.Ordinal))
            .Write("models/last.sql", "select order_id from {{ ref('killer') }}");

        var result = await project.CompileAsync(b => b with { ServerConnectionString = server.ConnectionString() });

        result.Diagnostics.ShouldBeEmpty();
        result.ColumnsOf("last").ShouldBe(["order_id integer"]);
    }

    [Fact]
    public async Task A_server_that_keeps_going_away_is_one_clear_error()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), TestContext.Current.CancellationToken);
        using var project = new ShopProject().Write("models/killer.sql", Killer.Replace("SPARE", "", StringComparison.Ordinal));

        var found = await project.DiagnoseAsync(b => b with { ServerConnectionString = server.ConnectionString() });

        found.ShouldHaveSingleItem().ShouldStartWith("dbt_project.yml: error MDL4012: The server given for the analysis cannot be used: ");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_clear_error()
    {
        using var project = new ShopProject();

        var found = await project.DiagnoseAsync(b => b with { ServerConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Database=postgres" });

        found.ShouldHaveSingleItem().ShouldStartWith("dbt_project.yml: error MDL4012: ");
    }
}
