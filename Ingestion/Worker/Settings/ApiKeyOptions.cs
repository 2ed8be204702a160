namespace Ingestion.Worker.Settings;

/// <summary>A key to the API: itself, or the file that holds it.</summary>
public sealed class ApiKeyOptions
{
    public string? Key { get; set; }

    public string? KeyFile { get; set; }

    public ApiScope Scope { get; set; } = ApiScope.Read;
}

/// <summary>What a key is good for.</summary>
public enum ApiScope
{
    /// <summary>Sees pipelines and runs.</summary>
    Read,

    /// <summary>Asks for runs and calls them off, and does what the other scopes do.</summary>
    Run,

    /// <summary>Sends events to webhooks, and sees nothing.</summary>
    Send,
}
