using System.Globalization;
using Models.Engine;
using Models.Engine.Execution;
using Models.Postgres;
using Models.Project.Configuration;
using Npgsql;

namespace Models.Runner.Tests;

/// <summary>A project in a folder of its own and an empty database to build it in.</summary>
public sealed class TestProject : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private TestProject(string connectionString)
    {
        ConnectionString = $"{connectionString};Search Path=dev";
        _source = NpgsqlDataSource.Create(connectionString);
        Folder = Directory.CreateTempSubdirectory("leadline-test-").FullName;
        Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\n");
    }

    public string Folder { get; }

    /// <summary>As <c>ConnectionStrings__warehouse</c> would have it: the target schema is dev.</summary>
    public string ConnectionString { get; }

    public static Task<TestProject> CreateAsync(PostgresFixture postgres) => CreateAsync(postgres.Server);

    public static async Task<TestProject> CreateAsync(PostgresServer server) =>
        new(await server.CreateDatabaseAsync(TestContext.Current.CancellationToken));

    public TestProject Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public TestProject Model(string name, string sql) => Write($"models/{name}.sql", sql);

    public CompileOptions Options(bool fullRefresh = false) => new()
    {
        ProjectDirectory = Folder,
        ConnectionString = ConnectionString,
        FullRefresh = fullRefresh,
    };

    public Task<RunSummary> RunAsync(RunVerb verb, params string[] select) =>
        RunAsync(new RunOptions { Verb = verb, Compile = Options(), Selection = new SelectionOptions { Select = select } });

    public Task<RunSummary> RunAsync(RunOptions options, IRunObserver? observer = null) =>
        new ModelRunner().RunAsync(options, observer, TestContext.Current.CancellationToken);

    public Task<RunSummary> BuildAsync() => RunAsync(RunVerb.Build);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query, each as its values between bars, null as a dash.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var values = new string[reader.FieldCount];
            for (var i = 0; i < values.Length; i++)
                values[i] = reader.IsDBNull(i) ? "-" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!;
            rows.Add(string.Join('|', values));
        }

        return rows;
    }

    public async Task<string> ScalarAsync(string sql) => (await RowsAsync(sql)).Single();

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
