using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>A macro, generic test or materialization that templates can call.</summary>
public sealed record MacroDefinition
{
    /// <summary>dbt's id, for example <c>macro.leads.cents_to_euros</c>.</summary>
    public required string UniqueId { get; init; }

    /// <summary>The name to call it by; <c>test_x</c> for a generic test, <c>materialization_x_default</c> for a materialization.</summary>
    public required string Name { get; init; }

    public required string PackageName { get; init; }

    /// <summary>The file relative to its package's root, with forward slashes.</summary>
    public required string OriginalFilePath { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>The source text of the block.</summary>
    public required string Sql { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyDictionary<string, object?> Meta { get; init; } = new Dictionary<string, object?>();

    /// <summary>The arguments documented in a properties file.</summary>
    public IReadOnlyList<MacroArgument> Arguments { get; init; } = [];

    /// <summary>The properties file that documents the macro, relative to its package, or null.</summary>
    public string? PatchPath { get; init; }

    public bool Equals(MacroDefinition? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => UniqueId.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => UniqueId;
}

/// <summary>A documented argument of a macro.</summary>
public sealed record MacroArgument(string Name, string? Type, string Description);
