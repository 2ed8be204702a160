using Ingestion.Connectors.Lake;
using Ingestion.Connectors.Postgres;
using Ingestion.Connectors.Sources;
using Ingestion.Loading;
using Models.Contracts;
using Models.Diagnostics;
using Models.Engine;
using Models.Engine.Execution;
using Models.Parsing;
using Models.Project.Configuration;
using Npgsql;

namespace Models.Warehouse.Tests;

/// <summary>A database with the raw tables of one project, in which that project is built.</summary>
internal sealed class TestWarehouse : IAsyncDisposable
{
    private const string Schema = "check";

    private readonly ProjectCopy _project;
    private readonly NpgsqlDataSource _source;
    private readonly Dictionary<string, IReadOnlyList<string>> _keys = new(StringComparer.Ordinal);

    private TestWarehouse(string projectFolder, string connectionString)
    {
        _project = new ProjectCopy(projectFolder);
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema }.ConnectionString;
        _source = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>The database, with the target schema as its search path.</summary>
    public string ConnectionString { get; }

    /// <param name="postgres">The server.</param>
    /// <param name="project">A project of the repository, by the name of its folder.</param>
    public static Task<TestWarehouse> CreateAsync(PostgresFixture postgres, string project) => CreateForFolderAsync(postgres, Repository.Project(project));

    public static async Task<TestWarehouse> CreateForFolderAsync(PostgresFixture postgres, string project)
    {
        var warehouse = new TestWarehouse(project, await postgres.Server.CreateDatabaseAsync(default));
        await warehouse.ExecuteAsync("create schema raw; create sequence raw.line");
        return warehouse;
    }

    /// <summary>
    /// Makes the raw tables as the contracts have them. The metadata fill themselves: a load is a transaction.
    /// </summary>
    public async Task CreateRawTablesAsync()
    {
        var diagnostics = new DiagnosticBag();
        foreach (var contract in ContractReader.ReadAll(_project.Folder, diagnostics))
        {
            var columns = contract.Columns.Select(column => $"\"{column.Name}\" {column.DataType} {(column.NotNull ? "not null" : "")}");
            await ExecuteAsync(
                $"""
                create table raw.{contract.Name} ({string.Join(", ", columns)});
                alter table raw.{contract.Name}
                    alter meta_batch_id set default gen_random_uuid(),
                    alter meta_source_file set default 'test',
                    alter meta_source_line set default nextval('raw.line'),
                    alter meta_processing_time set default now(),
                    alter meta_entity_id set default '';
                """);
            if (contract.PrimaryKey.Count > 0)
                _keys[contract.Name] = contract.PrimaryKey;
        }

        diagnostics.ToSortedList().ShouldBeEmpty();
    }

    /// <summary>Appends rows: all statements of one load have one processing time, later than every load before.</summary>
    public async Task LoadAsync(string inserts)
    {
        var keys = _keys.Select(table =>
            $"update raw.{table.Key} set meta_entity_id = concat_ws('|', {string.Join(", ", table.Value)}) where meta_entity_id = '';");
        await ExecuteAsync($"{inserts};\n{string.Join('\n', keys)}");
    }

    /// <summary>Loads the project's own files through ingestion.</summary>
    public async Task IngestAsync(SourceLocation location)
    {
        var diagnostics = new DiagnosticBag();
        var loader = new TableLoader(_source, TimeProvider.System);
        foreach (var contract in ContractReader.ReadAll(_project.Folder, diagnostics))
        {
            var result = await loader.LoadAsync(contract, location, progress: null, TestContext.Current.CancellationToken);
            result.Quarantined.ShouldBe(0);
        }

        diagnostics.ToSortedList().ShouldBeEmpty();
    }

    /// <summary>Makes the operational tables of the contracts from their seeds, extracts them into the lake, and loads its files.</summary>
    public async Task IngestThroughLakeAsync(SourceLocation location)
    {
        var contracts = ContractReader.ReadAll(_project.Folder, new DiagnosticBag());
        foreach (var contract in contracts)
            await OperationalSource.EnsureAsync(contract, location, TestContext.Current.CancellationToken);
        foreach (var source in contracts.GroupBy(c => (c.Options.Connection, c.Options.From)))
        {
            var request = new ExtractRequest(source.First().Span, source.Key.Connection) { Tables = [.. source.Select(c => c.Options.Table)] };
            var folder = Path.Combine(location.LakeDirectory!, source.Key.From);
            await new LakeExtract(TimeProvider.System).RunAsync(
                request, location.ConnectionStrings[source.Key.Connection], folder, TestContext.Current.CancellationToken);
        }

        await IngestAsync(location);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Builds and tests the project, or what <paramref name="select"/> picks of it.</summary>
    public async Task<RunSummary> BuildAsync(
        string? select = null, bool fullRefresh = false, string? exclude = null, IReadOnlyDictionary<string, object?>? vars = null) =>
        await RunAsync(RunVerb.Build, select, fullRefresh, exclude, vars);

    /// <summary>Tests what <paramref name="select"/> picks of what is there.</summary>
    public Task<RunSummary> TestAsync(string select) => RunAsync(RunVerb.Test, select, fullRefresh: false, exclude: null, vars: null);

    private async Task<RunSummary> RunAsync(RunVerb verb, string? select, bool fullRefresh, string? exclude, IReadOnlyDictionary<string, object?>? vars)
    {
        var options = new RunOptions
        {
            Verb = verb,
            Compile = new CompileOptions
            {
                ProjectDirectory = _project.Folder,
                ConnectionString = ConnectionString,
                FullRefresh = fullRefresh,
                Vars = vars ?? new Dictionary<string, object?>(StringComparer.Ordinal),
            },
            Selection = new SelectionOptions { Select = select is null ? [] : [select], Exclude = exclude is null ? [] : [exclude] },
            Threads = 2,
        };
        return await new ModelRunner().RunAsync(options, observer: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Builds the whole project; no model and no test may fail. Warnings are what odd data is meant to bring about.</summary>
    public async Task BuildWellAsync(string? exclude = null)
    {
        var summary = await BuildAsync(exclude: exclude);
        summary.Results
            .Where(result => result.Status is not (NodeStatus.Success or NodeStatus.Pass or NodeStatus.Warn or NodeStatus.NoOp))
            .Select(result => $"{result.Node.Name}: {result.Status} {result.Message}")
            .ShouldBeEmpty();
    }

    /// <summary>Rows that only one of two queries has, each marked with the query it is from.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(string actual, string expected) =>
        await RowsAsync(
            $"""
            with actual as ({actual}), expected as ({expected})
            select 'only in the mart: ' || surplus::text from (select * from actual except all select * from expected) as surplus
            union all
            select 'only expected: ' || missing::text from (select * from expected except all select * from actual) as missing
            """);

    /// <summary>The first column of each row, as text.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(Convert.ToString(reader.GetValue(0)) ?? "");

        return rows;
    }

    /// <summary>A query of the project that generates rows of a source; its size is the setting <c>leadline.sample_size</c>.</summary>
    public string SampleQuery(string name) => File.ReadAllText(Path.Combine(_project.Folder, "sample", $"{name}.sql"));

    /// <summary>Writes the files that the project's sample queries generate, as the worker does.</summary>
    public async Task WriteSampleAsync(string dataFolder, int size)
    {
        var target = Directory.CreateDirectory(Path.Combine(dataFolder, Path.GetFileName(_project.Folder))).FullName;
        await using var connection = await _source.OpenConnectionAsync();
        await using var setting = new NpgsqlCommand($"set leadline.sample_size = '{size}'", connection);
        await setting.ExecuteNonQueryAsync();
        foreach (var query in Directory.GetFiles(Path.Combine(_project.Folder, "sample"), "*.sql"))
        {
            using var rows = await connection.BeginTextExportAsync($"copy (\n{await File.ReadAllTextAsync(query)}\n) to stdout (format csv, header)");
            await File.WriteAllTextAsync(Path.Combine(target, Path.ChangeExtension(Path.GetFileName(query), ".csv")), await rows.ReadToEndAsync());
        }
    }

    public ParsedProject Parse()
    {
        var project = ProjectParser.Parse(new CompileOptions { ProjectDirectory = _project.Folder, ConnectionString = ConnectionString }, default);
        project.Diagnostics.ToSortedList().ShouldBeEmpty();
        return project;
    }

    public string Relation(string customSchema, string name) => $"{Schema}_{customSchema}.{name}";

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _project.Dispose();
    }
}
