
namespace Models.Postgres.Clusters;

/// <summary>The command line that runs a cluster's server until no lease on it is left.</summary>
internal sealed record ServerCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <param name="log">Where the server's messages go; null is standard error.</param>
    public static ServerCommand For(
        PostgresCluster cluster, IReadOnlyDictionary<string, string> settings, string? log, bool removeAfterwards)
    {
        var after = removeAfterwards ? "remove" : "keep";
        var options = settings.SelectMany(setting => (string[])["-c", $"{setting.Key}={setting.Value}"]);
        if (OperatingSystem.IsWindows())
        {
            var quoted = string.Join(" ", options.Select(option => option == "-c" ? option : $"\"{option}\""));
            return new ServerCommand("powershell",
            [
                "-NoProfile", "-ExecutionPolicy", "Bypass", "-Command", $"& {{ {Script("serve.ps1")} }}",
                cluster.Folder, log ?? cluster.Log, after, cluster.Binaries.Program("pg_ctl"), quoted,
            ]);
        }

        return new ServerCommand("/bin/sh",
        [
            "-c", Script("serve.sh"), "leadline-postgres", cluster.Folder, log ?? "", after,
            .. cluster.Account.CommandLine(cluster.Binaries.Program("postgres"), ["-D", cluster.Data, .. options]),
        ]);
    }

    private static string Script(string name)
    {
        using var stream = typeof(ServerCommand).Assembly.GetManifestResourceStream($"Models.Postgres.Clusters.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
