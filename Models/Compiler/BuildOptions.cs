namespace Models.Compiler;

/// <summary>The options of a build beyond those of parsing.</summary>
public sealed record BuildOptions
{
    /// <summary>Whether to analyse models with PostgreSQL; false to only render them.</summary>
    public bool Analysis { get; init; } = true;

    /// <summary>A server for the analysis, with a role that may create databases; null for one that the compiler starts.</summary>
    public string? ServerConnectionString { get; init; }

    /// <summary>The folder of the build cache; null for no cache.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>The folder for generated C#; null to generate none.</summary>
    public string? CodeDirectory { get; init; }

    /// <summary>Whether to write manifest.json and the compiled SQL to the project's target folder.</summary>
    public bool WriteArtifacts { get; init; } = true;

    public bool TreatWarningsAsErrors { get; init; }
}
