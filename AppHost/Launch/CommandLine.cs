namespace AppHost.Launch;

/// <summary>The command line, with Leadline's own options turned into configuration: <c>--data FOLDER</c> is <c>Leadline:Data</c>.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        dotnet run --project AppHost -- [options]
          --data FOLDER          load the files of this folder (without it a sample is generated)
          --pipelines NAMES      run these pipelines alone, for example growth or leads,cars (all)
          --port NUMBER          where the API listens (5080); 0 is any free port
          --environment NAME     Development (schemas dev_{user}_...) or Production (schemas prod_...)
          --database FOLDER      run the server from this machine's programs, with its data in this folder
          --reset                delete the data of earlier runs first; asks, unless --yes is given
          --help                 this text

        Leadline__Data, Leadline__Pipelines, Leadline__Port and Leadline__Database in the environment, or Leadline:Data and so on in
        AppHost/appsettings.json or the user secrets, do the same as the options.
        """;

    /// <summary>Aspire's own options, which its command line passes to the AppHost.</summary>
    private static readonly string[] s_aspire =
        ["--operation", "--publisher", "--output-path", "--step", "--log-level", "--include-exception-details", "--clear-cache", "--deploy"];

    private static readonly Dictionary<string, string> s_settings = new(StringComparer.Ordinal)
    {
        ["--data"] = LaunchOptions.DataKey,
        ["--pipelines"] = LaunchOptions.PipelinesKey,
        ["--port"] = LaunchOptions.PortKey,
        ["--database"] = LaunchOptions.DatabaseKey,
    };

    public string Environment { get; private init; } = System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Development";

    public bool Reset { get; private init; }

    public bool Yes { get; private init; }

    public bool Help { get; private init; }

    /// <summary>What the host understands: configuration keys and Aspire's options.</summary>
    public IReadOnlyList<string> HostArguments { get; private init; } = [];

    /// <exception cref="LaunchException">An option is unknown, or has no value.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            line = name switch
            {
                _ when s_settings.TryGetValue(name, out var key) => line.With($"--{key}={Value()}"),
                "--environment" => line with { Environment = EnvironmentName(Value()) },
                "--reset" => line with { Reset = true },
                "--yes" => line with { Yes = true },
                "--help" or "-h" => line with { Help = true },
                // a configuration key: --Logging:LogLevel:Default=Debug
                _ when name.StartsWith("--", StringComparison.Ordinal) && (name.Contains(':', StringComparison.Ordinal) || s_aspire.Contains(name)) =>
                    line.With(HostOption()),
                _ => throw new LaunchException($"Unknown option '{args[i]}'. --help lists the options."),
            };

            string Value() => value ?? (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)
                ? args[++i]
                : throw new LaunchException($"'{name}' needs a value. --help lists the options."));

            string[] HostOption() =>
                value is null && i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? [name, args[++i]] : [args[i]];
        }

        return line.With("--environment", line.Environment);
    }

    private static string EnvironmentName(string value) => value.ToLowerInvariant() switch
    {
        "development" => "Development",
        "production" => "Production",
        _ => throw new LaunchException($"'{value}' is no environment: --environment takes Development or Production."),
    };

    private CommandLine With(params string[] arguments) => this with { HostArguments = [.. HostArguments, .. arguments] };
}
