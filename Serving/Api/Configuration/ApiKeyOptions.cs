using System.ComponentModel.DataAnnotations;

namespace Serving.Api.Configuration;

/// <summary>A key to the API: itself, or the file that holds it.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>Who has it, for the log.</summary>
    public string Name { get; set; } = "unnamed";

    public string? Key { get; set; }

    public string? KeyFile { get; set; }

    /// <summary>What it is good for; scores where none is named.</summary>
    public IList<ApiScope> Scopes { get; } = [];

    /// <summary>Requests that are answered in a minute; null for any number.</summary>
    [Range(1, int.MaxValue)]
    public int? PerMinute { get; set; }
}
