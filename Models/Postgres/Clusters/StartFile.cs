namespace Models.Postgres.Clusters;

/// <summary>A shell script in the cluster's folder that runs the server, so that the command line which hosts show is short.</summary>
internal static class StartFile
{
    private const string Name = "start.sh";

    /// <summary>The command that runs the script from the cluster's folder.</summary>
    public static ServerCommand Write(PostgresCluster cluster, ServerCommand command)
    {
        if (OperatingSystem.IsWindows())
            return command;

        File.WriteAllText(Path.Combine(cluster.Folder, Name), $"exec {string.Join(' ', command.Arguments.Prepend(command.Program).Select(Quoted))}\n");
        return new ServerCommand(command.Program, [Name]);
    }

    /// <summary>Inside single quotes nothing is special (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html).</summary>
    private static string Quoted(string argument) => $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
