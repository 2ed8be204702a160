namespace Models.Postgres.Clusters;

/// <summary>How to find and start a server.</summary>
public sealed record PostgresServerOptions
{
    public PostgresPurpose Purpose { get; init; } = PostgresPurpose.Test;

    /// <summary>A server that already runs: nothing is started, and its databases are made there.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>
    /// The folder of the cluster (it will hold data, password, log and socket). The default follows from <see cref="Purpose"/>;
    /// <see cref="PostgresPurpose.AppData"/> has none.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// The loopback port; 0 is any free one. Null is a private Unix socket where the system has them and a free port elsewhere.
    /// </summary>
    public int? Port { get; init; }

    /// <summary>Whether a commit survives a power cut (fsync). The default is yes for <see cref="PostgresPurpose.AppData"/> alone.</summary>
    public bool? Durable { get; init; }

    /// <summary>
    /// Where the binaries come from, in the form of <c>LEADLINE_POSTGRES</c>: a folder that holds them, or the word
    /// <c>embedded</c> for the npm package alone. Null is the variable, else whatever is found.
    /// </summary>
    public string? Binaries { get; init; }

    /// <summary>Server settings (<c>-c name=value</c>) beyond the ones that follow from the purpose.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Told about steps that take a while: installing binaries, initialising a cluster.</summary>
    public Action<string>? Progress { get; init; }

    internal bool IsDurable => Durable ?? Purpose == PostgresPurpose.AppData;
}
