using System.Net;
using System.Net.Sockets;
using AppHost.Warehouse;
using Microsoft.Extensions.Configuration;

namespace AppHost.Launch;

/// <summary>What the application is started with: section <c>Leadline</c> of the configuration, which the command line is part of.</summary>
internal sealed record LaunchOptions
{
    public const string DataKey = "Leadline:Data";
    public const string PipelinesKey = "Leadline:Pipelines";
    public const string PortKey = "Leadline:Port";
    public const string DatabaseKey = "Leadline:Database";

    private const int DefaultPort = 5080;

    /// <summary>An existing folder; null for a generated sample.</summary>
    public string? Data { get; private init; }

    /// <summary>The pipelines to run, by name; empty for all.</summary>
    public IReadOnlyList<string> Pipelines { get; private init; } = [];

    /// <summary>Where the API listens; null for any free port.</summary>
    public int? Port { get; private init; } = DefaultPort;

    public WarehouseOptions Warehouse { get; private init; } = new();

    /// <param name="repository">A relative folder that is not found from the working folder is looked for from here.</param>
    /// <exception cref="LaunchException">A value cannot be used.</exception>
    public static LaunchOptions Read(IConfiguration configuration, CommandLine line, string repository) => new()
    {
        Data = configuration[DataKey] is { Length: > 0 } data ? ExistingFolder(data, repository) : null,
        Pipelines = [.. PipelineNames(configuration[PipelinesKey] ?? "", Path.Combine(repository, "Models", "Warehouse"))],
        Port = configuration[PortKey] is { Length: > 0 } port ? PortNumber(port) : DefaultPort,
        Warehouse = new WarehouseOptions
        {
            Folder = configuration[DatabaseKey] is { Length: > 0 } database ? Path.GetFullPath(database) : null,
            HoldsSample = configuration[DataKey] is not { Length: > 0 },
            Reset = line.Reset,
            ResetAgreed = line.Yes,
        },
    };

    /// <summary>Whether a pipeline runs.</summary>
    public bool Runs(string pipeline) => Pipelines.Count == 0 || Pipelines.Contains(pipeline);

    /// <exception cref="LaunchException">Another program listens on the API's port.</exception>
    public void RequireFreePort()
    {
        if (Port is not { } port)
            return;

        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException)
        {
            throw new LaunchException($"Port {port} is in use by another program. Stop that program, or choose another port with --port.");
        }
    }

    private static string ExistingFolder(string value, string repository)
    {
        string[] places = [.. ((string[])[Path.GetFullPath(value), Path.GetFullPath(value, repository)]).Distinct()];
        if (places.FirstOrDefault(Directory.Exists) is { } folder)
            return folder;

        if (places.FirstOrDefault(File.Exists) is { } file)
            throw new LaunchException($"'{file}' given with --data is a file. Give the folder that holds the folders of the pipelines.");

        var found = places.Length == 1 ? $"'{places[0]}' does not exist" : $"neither '{places[0]}' nor '{places[1]}' exists";
        throw new LaunchException($"The folder '{value}' given with --data (or {DataKey}) is not there: {found}.");
    }

    private static IEnumerable<string> PipelineNames(string value, string projects)
    {
        foreach (var name in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!File.Exists(Path.Combine(projects, name, "pipeline.yml")))
            {
                var known = Directory.GetDirectories(projects).Where(project => File.Exists(Path.Combine(project, "pipeline.yml"))).Select(Path.GetFileName);
                throw new LaunchException(
                    $"There is no pipeline '{name}': --pipelines (or {PipelinesKey}) takes {string.Join(", ", known.Order(StringComparer.Ordinal))}, " +
                    "several with commas between them.");
            }

            yield return name;
        }
    }

    private static int? PortNumber(string value) => int.TryParse(value, out var port) && port is >= 0 and <= 65535
        ? port == 0 ? null : port
        : throw new LaunchException($"'{value}' is no port: --port (or {PortKey}) takes a number from 1 to 65535, or 0 for any free one.");
}
