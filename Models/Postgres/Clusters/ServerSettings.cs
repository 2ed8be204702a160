namespace Models.Postgres.Clusters;

/// <summary>The settings a server starts with (https://www.postgresql.org/docs/current/runtime-config.html).</summary>
internal static class ServerSettings
{
    public static IReadOnlyDictionary<string, string> For(PostgresServerOptions options, PostgresCluster cluster, int? port)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = port is null ? "" : "127.0.0.1",
            ["port"] = (port ?? PostgresCluster.SocketPort).ToString(),
            ["unix_socket_directories"] = port is null ? cluster.Socket : "",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["max_connections"] = "200",
            ["shared_buffers"] = options.Purpose == PostgresPurpose.AppData ? "256MB" : "64MB",
            ["max_wal_size"] = "2GB",
            // nobody replicates it, and a table filled in the transaction that made it then needs no log
            ["wal_level"] = "minimal",
            ["max_wal_senders"] = "0",
            // a statement's error is its client's to tell
            ["log_line_prefix"] = "",
            ["log_checkpoints"] = "off",
            ["log_min_error_statement"] = "panic",
            // statements here are many and short, or run once: compiling them costs more than it saves
            ["jit"] = "off",
            // a build makes all its views in few transactions, and each holds a lock
            ["max_locks_per_transaction"] = options.Purpose == PostgresPurpose.BuildCache ? "1024" : "256",
        };

        if (!options.IsDurable)
        {
            settings["fsync"] = "off";
            settings["synchronous_commit"] = "off";
            settings["full_page_writes"] = "off";
        }

        // the analysis database holds no rows
        if (options.Purpose == PostgresPurpose.BuildCache)
            settings["autovacuum"] = "off";

        // a server that somebody replicates from needs senders; its default number is enough
        if (options.Settings.GetValueOrDefault("wal_level", "minimal") != "minimal")
            settings.Remove("max_wal_senders");

        foreach (var (name, value) in options.Settings)
            settings[name] = value;

        return settings;
    }
}
