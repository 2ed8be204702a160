namespace Models.Compiler;

/// <summary>What a caller (build, command line, test) asks the compiler for.</summary>
public sealed record CompileOptions
{
    /// <summary>The folder that holds dbt_project.yml.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The folder that holds profiles.yml; by default the project's own, then ~/.dbt.</summary>
    public string? ProfilesDirectory { get; init; }

    public string? Profile { get; init; }

    public string? Target { get; init; }

    /// <summary>Command-line vars; they win over dbt_project.yml's.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();

    /// <summary>
    /// A connection string that takes the place of the profile's connection (<c>ConnectionStrings__warehouse</c>); its Search Path,
    /// where it has one, is the target schema.
    /// </summary>
    public string? ConnectionString { get; init; }

    /// <summary><c>--full-refresh</c>: incremental models and seeds are built anew; <c>is_incremental()</c> is false.</summary>
    public bool FullRefresh { get; init; }
}
