using System.Text;
using Ingestion.Connectors.Sources;
using Ingestion.Loading;
using Ingestion.Loading.Batches;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Tests;

/// <summary>What a test of loading needs: a database and a data folder of its own.</summary>
internal sealed class LoadingStage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadline-test-");

    private LoadingStage(string connectionString)
    {
        ConnectionString = connectionString;
        Database = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>The database's, with its password.</summary>
    public string ConnectionString { get; }

    public NpgsqlDataSource Database { get; }

    public string Folder => _folder.FullName;

    public static async Task<LoadingStage> CreateAsync(PostgresFixture postgres, TimeProvider? time = null) =>
        new(await postgres.Server.CreateDatabaseAsync(default)) { Time = time ?? TimeProvider.System };

    /// <summary>A contract for file <c>people.csv</c> from the lines of its fields and, where needed, its options.</summary>
    public static Contract Contract(string fields, string rest = "", string source = "format: csv\nfile: people.csv")
    {
        var diagnostics = new DiagnosticBag();
        var text = $"name: people\n{source}\n{rest}\nfields:\n{fields}";
        var contract = ContractReader.Read(new SourceText("people.yml", text), diagnostics);
        diagnostics.ToSortedList().ShouldBeEmpty();
        return contract.ShouldNotBeNull();
    }

    public void Write(string text, Encoding? encoding = null) => Write("people.csv", text, encoding);

    public void Write(string file, string text, Encoding? encoding = null) =>
        File.WriteAllText(Path.Combine(Folder, file), text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    public void Write(byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, "people.csv"), bytes);

    /// <summary>Connection strings for contracts that read a database.</summary>
    public Dictionary<string, string> ConnectionStrings { get; } = [];

    /// <summary>Secrets for contracts that name one.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>The loader's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public Task<LoadResult> LoadAsync(Contract contract, CancellationToken cancellationToken = default) =>
        new TableLoader(Database, Time).LoadAsync(
            contract, new SourceLocation(Folder) { ConnectionStrings = ConnectionStrings, Secrets = Secrets }, progress: null, cancellationToken);

    public async Task<Diagnostic> FailToLoadAsync(Contract contract) =>
        (await Should.ThrowAsync<DiagnosticException>(() => LoadAsync(contract))).Diagnostic;

    /// <summary>The rows of a query, each as its values joined by <c>|</c>.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var values = Enumerable.Range(0, reader.FieldCount)
                .Select(i => reader.IsDBNull(i) ? "null" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture));
            rows.Add(string.Join('|', values));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
