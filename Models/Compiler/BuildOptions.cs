namespace Models.Compiler;

/// <summary>What a build wants beyond a parsed project.</summary>
public sealed record BuildOptions
{
    /// <summary>False: models are rendered but not given to PostgreSQL.</summary>
    public bool Analysis { get; init; } = true;

    /// <summary>A server to analyse on, with a role that may create databases; by default one that the compiler starts.</summary>
    public string? ServerConnectionString { get; init; }

    /// <summary>The folder that keeps what the next compilation need not find out again; null keeps nothing.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>The folder for generated C#; null generates none.</summary>
    public string? CodeDirectory { get; init; }

    /// <summary>Whether manifest.json and the compiled SQL are written to the project's target folder.</summary>
    public bool WriteArtifacts { get; init; } = true;

    public bool TreatWarningsAsErrors { get; init; }
}
