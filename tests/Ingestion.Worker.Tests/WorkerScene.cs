using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Models.Postgres;
using Npgsql;

namespace Ingestion.Worker.Tests;

/// <summary>A database, a folder of projects, what their steps call, and the workers of one test.</summary>
internal sealed class WorkerScene : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leadline-pipelines-");
    private readonly string _connectionString;
    private readonly List<WorkerProcess> _workers = [];

    private WorkerScene(string connectionString, CallReceiver receiver)
    {
        _connectionString = connectionString;
        Receiver = receiver;
        Database = NpgsqlDataSource.Create(connectionString);
    }

    public CallReceiver Receiver { get; }

    public NpgsqlDataSource Database { get; }

    public static Task<WorkerScene> CreateAsync(PostgresFixture postgres) => CreateAsync(postgres.Server);

    /// <summary>A scene on a server of its own, for a test that disturbs it.</summary>
    public static async Task<WorkerScene> CreateAsync(PostgresServer server) =>
        new(await server.CreateDatabaseAsync(default), await CallReceiver.StartAsync());

    /// <param name="name">The pipeline's name.</param>
    /// <param name="yaml">Its file; RECEIVER stands for the address of the other end.</param>
    public void AddPipeline(string name, string yaml) => AddProjectFile(name, "pipeline.yml", yaml.Replace("RECEIVER", Receiver.Url, StringComparison.Ordinal));

    /// <summary>A folder that goes with the test.</summary>
    public string Folder => _folder.FullName;

    public void RemovePipeline(string name) => Directory.Delete(Path.Combine(_folder.FullName, "projects", name), recursive: true);

    /// <summary>Copies a project of the repository, with its pipeline.</summary>
    public void AddProject(string name)
    {
        var from = Path.Combine(TestPaths.Repository, "Models", "Warehouse", name);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder.FullName, "projects", name, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public void AddContract(string pipeline, string yaml) => AddProjectFile(pipeline, "contracts/contract.yml", yaml);

    /// <param name="project">The project, which is the pipeline's name too.</param>
    /// <param name="file">The path in the project.</param>
    /// <param name="text">What the file holds.</param>
    public void AddProjectFile(string project, string file, string text)
    {
        var path = Path.Combine(_folder.FullName, "projects", project, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string AddFile(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a program of shell commands and returns its path.</summary>
    public string AddProgram(string name, string commands)
    {
        var path = AddFile(name, $"#!/bin/sh\n{commands}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Starts a worker, without waiting for anything.</summary>
    public WorkerProcess Start(params (string Name, string Value)[] settings)
    {
        var worker = WorkerProcess.Start(
        [
            ("ConnectionStrings__warehouse", $"{_connectionString};Search Path=dev_test"),
            ("Leadline__Projects", Path.Combine(_folder.FullName, "projects")),
            ("Leadline__Artifacts", Path.Combine(_folder.FullName, "artifacts")),
            ("Leadline__SampleLeads", "100"),
            .. settings,
        ]);
        _workers.Add(worker);
        return worker;
    }

    public async Task<WorkerProcess> StartHealthyAsync(params (string Name, string Value)[] settings)
    {
        var worker = Start(settings);
        await worker.WaitUntilHealthyAsync();
        return worker;
    }

    /// <summary>Asks for a run and returns its id.</summary>
    public static async Task<Guid> RunAsync(WorkerProcess worker, string pipeline, string verb = "run")
    {
        using var response = await worker.Http.PostAsync($"/pipelines/{pipeline}/{verb}", content: null);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Waits until a run has ended.</summary>
    public static async Task<JsonElement> WaitAsync(WorkerProcess worker, string pipeline, Guid run)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var details = await worker.Http.GetFromJsonAsync<JsonElement>($"/pipelines/{pipeline}/runs/{run}", patience.Token);
            if (details.GetProperty("run").GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
                return details;

            await Task.Delay(50, patience.Token);
        }
    }

    public static async Task<JsonElement> RunToEndAsync(WorkerProcess worker, string pipeline, string verb = "run") =>
        await WaitAsync(worker, pipeline, await RunAsync(worker, pipeline, verb));

    /// <summary>Waits until a query answers true.</summary>
    public async Task UntilAsync(string sql, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(2));
        while (await QueryAsync(sql) is not true)
            await Task.Delay(50, limit.Token);
    }

    public async Task<object?> QueryAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
        await Receiver.DisposeAsync();
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
