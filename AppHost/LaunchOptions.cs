using System.Net;
using System.Net.Sockets;

namespace AppHost;

/// <summary>What the command line asks for.</summary>
internal sealed record LaunchOptions
{
    public const string Usage = """
        dotnet run --project AppHost -- [options]
          --data FOLDER          load the files of this folder (without it a sample is generated)
          --port NUMBER          where the API listens (5080); 0 is any free port
          --environment NAME     Development (schemas dev_{user}_...) or Production (schemas prod_...)
          --database FOLDER      run the server from this machine's programs, with its data in this folder
          --reset                delete the data of earlier runs first; asks, unless --yes is given
          --help                 this text
        """;

    private const int DefaultPort = 5080;

    /// <summary>Aspire's own options, which its command line passes to the AppHost.</summary>
    private static readonly string[] s_aspire =
        ["--operation", "--publisher", "--output-path", "--step", "--log-level", "--include-exception-details", "--clear-cache", "--deploy"];

    /// <summary>An existing folder; null for a generated sample.</summary>
    public string? Data { get; private init; }

    /// <summary>Null for any free port.</summary>
    public int? Port { get; private init; } = DefaultPort;

    public string Environment { get; private init; } = System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Development";

    public string? Database { get; private init; }

    public bool Reset { get; private init; }

    public bool Yes { get; private init; }

    public bool Help { get; private init; }

    /// <summary>What the host itself understands.</summary>
    public IReadOnlyList<string> HostArguments { get; private init; } = [];

    /// <exception cref="LaunchException">An option is unknown, or its value cannot be used.</exception>
    public static LaunchOptions Parse(IReadOnlyList<string> args)
    {
        var options = new LaunchOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            options = name switch
            {
                "--data" => options with { Data = ExistingFolder(Value()) },
                "--port" => options with { Port = PortNumber(Value()) },
                "--environment" => options with { Environment = EnvironmentName(Value()) },
                "--database" => options with { Database = Path.GetFullPath(Value()) },
                "--reset" => options with { Reset = true },
                "--yes" => options with { Yes = true },
                "--help" or "-h" => options with { Help = true },
                // a configuration key: --Logging:LogLevel:Default=Debug
                _ when name.StartsWith("--", StringComparison.Ordinal) && (name.Contains(':', StringComparison.Ordinal) || s_aspire.Contains(name)) =>
                    options with { HostArguments = [.. options.HostArguments, .. HostOption()] },
                _ => throw new LaunchException($"Unknown option '{args[i]}'. --help lists the options."),
            };

            string Value() => value ?? (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)
                ? args[++i]
                : throw new LaunchException($"'{name}' needs a value. --help lists the options."));

            IEnumerable<string> HostOption() =>
                value is null && i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? [name, args[++i]] : [args[i]];
        }

        return options with { HostArguments = [.. options.HostArguments, "--environment", options.Environment] };
    }

    /// <summary>Finds out before anything starts whether the options can be met.</summary>
    /// <param name="localServer">The data is in a folder of this machine, not with a container or somebody else's server.</param>
    /// <exception cref="LaunchException">They cannot.</exception>
    public void Require(bool localServer)
    {
        if (Reset && !localServer)
            throw new LaunchException("--reset is for the server that runs from this machine's programs. This one's data is elsewhere: delete it there.");

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

    private static string ExistingFolder(string value)
    {
        var path = Path.GetFullPath(value);
        if (File.Exists(path))
            throw new LaunchException($"'{path}' given with --data is a file. Give the folder that holds the folders of the pipelines.");

        return Directory.Exists(path) ? path : throw new LaunchException($"The folder '{path}' given with --data does not exist.");
    }

    private static int? PortNumber(string value) => int.TryParse(value, out var port) && port is >= 0 and <= 65535
        ? port == 0 ? null : port
        : throw new LaunchException($"'{value}' is no port: --port takes a number from 1 to 65535, or 0 for any free one.");

    private static string EnvironmentName(string value) => value.ToLowerInvariant() switch
    {
        "development" => "Development",
        "production" => "Production",
        _ => throw new LaunchException($"'{value}' is no environment: --environment takes Development or Production."),
    };
}
