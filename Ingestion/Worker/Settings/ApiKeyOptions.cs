namespace Ingestion.Worker.Settings;

/// <summary>A key to the API: itself, or the file that holds it.</summary>
public sealed class ApiKeyOptions
{
    public string? Key { get; set; }

    public string? KeyFile { get; set; }

    public ApiScope Scope { get; set; } = ApiScope.Read;
}

/// <summary>What a key is good for; each scope holds those before it.</summary>
public enum ApiScope
{
    /// <summary>Sees pipelines and runs.</summary>
    Read,

    /// <summary>Asks for runs and calls them off.</summary>
    Run,
}
