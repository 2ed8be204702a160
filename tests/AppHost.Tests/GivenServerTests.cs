using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace AppHost.Tests;

/// <summary>The application on a server that LEADLINE_POSTGRES names: who its services connect as.</summary>
public sealed class GivenServerTests : IAsyncLifetime
{
    private static readonly (string Name, string Value)[] s_passwords =
        [("Parameters__worker_password", "w"), ("Parameters__training-password", "t"), ("Parameters__api_password", "a;'\"")];

    private readonly TestFolder _folder = new();
    private PostgresServer _server = null!;
    private string _warehouse = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(new PostgresServerOptions { Port = 0 }, Cancellation);
        _warehouse = new NpgsqlConnectionStringBuilder(await _server.CreateDatabaseAsync(Cancellation)) { Pooling = false }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_administrator_s_connection_string_gives_each_service_its_own_login_at_every_start()
    {
        (await UsersAsync(_warehouse, 2)).Users.ShouldBe(["leadline_api", "leadline_worker"]);
        (await UsersAsync(_warehouse, 2)).Users.ShouldBe(["leadline_api", "leadline_worker"]);
    }

    [Fact]
    public async Task A_user_who_may_not_create_roles_is_used_for_all_services_and_one_line_says_so()
    {
        await ExecuteAsync("create role me login createdb password 'mine'; do $$ begin execute format('alter database %I owner to me', current_database()); end $$");

        var (users, output) = await UsersAsync(As("me", "mine"), 1);

        users.ShouldBe(["me"]);
        output.ShouldContain("note: All services connect as 'me', because the roles of the services cannot be made for the schemas dev_");
        output.ShouldContain("permission denied to create role. docs/hosting.md says how");
    }

    [Fact]
    public async Task Roles_that_an_administrator_made_are_used_with_the_configured_passwords()
    {
        await MakeRolesAsync("test");

        var (users, output) = await UsersAsync(As("me", "mine"), 2, [.. s_passwords, ("DOTNET_ENVIRONMENT", "Production")]);

        users.ShouldBe(["leadline_api", "leadline_worker"]);
        output.ShouldNotContain("note:");
    }

    [Fact]
    public async Task Roles_that_an_administrator_made_are_not_used_for_schemas_of_another_user()
    {
        await MakeRolesAsync("test");
        await ExecuteAsync("create schema prod_staging authorization me");

        var (users, output) = await UsersAsync(As("me", "mine"), 1, [.. s_passwords, ("DOTNET_ENVIRONMENT", "Production")]);

        users.ShouldBe(["me"]);
        output.ShouldContain("note: All services connect as 'me', because the roles of the services cannot be made for the schemas prod_...");
    }

    [Fact]
    public async Task The_password_of_a_login_that_is_there_already_is_never_changed()
    {
        await ExecuteAsync("create role leadline_api login password 'of another application'");

        var (users, output) = await UsersAsync(_warehouse, 1);

        users.ShouldBe(["postgres"]);
        output.ShouldContain("note: All services connect as 'postgres', because the server at ");
        output.ShouldContain(" refuses 'leadline_api': password authentication failed");
        await using var other = new NpgsqlConnection(As("leadline_api", "of another application"));
        await other.OpenAsync(Cancellation);
    }

    [Fact]
    public async Task A_configured_password_that_is_wrong_is_named_before_anything_starts()
    {
        await ExecuteAsync("create role leadline_api login password 'right'");

        var (exitCode, output) = await HostProcess.RunAsync([.. Environment(_warehouse), ("Parameters__api_password", "wrong")], "--port", "0");

        exitCode.ShouldBe(2);
        output.ShouldStartWith("error: ");
        output.ShouldContain("Parameters:api_password");
        output.ShouldContain("'leadline_api'");
        output.ShouldNotContain('\n');
    }

    /// <summary>Starts the application, and stops it when its worker and its API have connected.</summary>
    private async Task<(IReadOnlyList<string> Users, string Output)> UsersAsync(string warehouse, int expected, params (string Name, string Value)[] environment)
    {
        using var host = HostProcess.Start([.. Environment(warehouse), .. environment], ["--port", "0", "--pipelines", "leads,cars"]);
        await using var source = NpgsqlDataSource.Create(_warehouse);
        await using var command = source.CreateCommand(
            """
            select coalesce(array_agg(distinct usename::text order by usename::text), '{}')
            from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and usename is not null
            """);
        await host.LineAsync("Login to the dashboard");
        string[] users = [];
        while (users.Length < expected || host.Children().Count(IsService) < 2)
        {
            host.Process.HasExited.ShouldBeFalse(host.Output);
            users = (string[])(await command.ExecuteScalarAsync(Cancellation))!;
            await Task.Delay(50, Cancellation);
        }

        host.Terminate();
        await host.EndAsync();
        return (users, host.Output);
    }

    private static bool IsService(string process) =>
        process.Contains("Ingestion.Worker", StringComparison.Ordinal) || process.Contains("Serving.Api", StringComparison.Ordinal);

    private (string Name, string Value)[] Environment(string warehouse) => [("LEADLINE_POSTGRES", warehouse), ("LEADLINE_DATA_HOME", _folder.File("home"))];

    /// <summary>As docs/hosting.md says, and gives user me a database of its own.</summary>
    private async Task MakeRolesAsync(string target)
    {
        var script = Path.Combine(Path.GetDirectoryName(Projects.AppHost.ProjectPath)!, "Models", "Postgres", "Roles", "roles.sql");
        await ExecuteAsync(
            $"""
            create role me login createdb password 'mine';
            do $$ begin execute format('alter database %I owner to me', current_database()); end $$;
            set leadline.target = '{target}';
            set leadline.worker = 'w'; set leadline.training = 't'; set leadline.api = 'a;''"';
            """ + await File.ReadAllTextAsync(script, Cancellation));
    }

    private string As(string user, string password) =>
        new NpgsqlConnectionStringBuilder(_warehouse) { Username = user, Password = password }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_warehouse);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
